export default class Berth {
  constructor(readonly depth: number) {}
}
