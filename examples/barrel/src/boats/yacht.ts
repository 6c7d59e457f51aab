export default class SailingYacht {
  readonly draught = 1.9;
}
export const flags = ['white', 'red'] as const;
