import type { ProjectName } from './tree.ts';
import type { WindowPlan } from './windows.ts';

export type Scenario = {
  readonly name: string;
  readonly windows: readonly WindowPlan[];
  /** How "Regenerate All" is given: by the API inside the windows, or by palette and keyboard from outside. */
  readonly by: 'api' | 'palette';
  /** The command-line tool runs over and over beside the windows. */
  readonly hasCommandLine: boolean;
  /** An extension host is killed in each round. */
  readonly hasKills: boolean;
};

const pier: WindowPlan = { opened: 'pier', program: 0 };
const plain = { by: 'api', hasCommandLine: false, hasKills: false } as const;

/** In an order in which few windows have to be opened and closed between them. */
export const scenarios: readonly Scenario[] = [
  { ...plain, name: 'two windows on one folder', windows: [pier, pier] },
  { ...plain, name: 'two windows by the palette', windows: [pier, pier], by: 'palette' },
  { ...plain, name: 'four windows on one folder', windows: [pier, pier, pier, pier] },
  {
    ...plain,
    name: 'a folder and its parent',
    windows: [pier, { opened: 'harbour', program: 0 }],
  },
  {
    ...plain,
    name: 'a workspace of two folders beside one of them',
    windows: [pier, { opened: 'both', program: 0 }],
  },
  { ...plain, name: 'two programs', windows: [pier, { opened: 'pier', program: 1 }] },
  { ...plain, name: 'a window and the command line', windows: [pier], hasCommandLine: true },
  { ...plain, name: 'a window whose extension host is killed', windows: [pier, pier], hasKills: true },
];

/** The projects that the windows of a scenario keep up to date between them. */
export function projectsOf({ windows }: Scenario): readonly ProjectName[] {
  return windows.some(({ opened }) => opened !== 'pier') ? ['pier', 'harbour'] : ['pier'];
}
