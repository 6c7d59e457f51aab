import { spawnSync } from 'node:child_process';
import { repositoryFile } from './repository.ts';

const module = JSON.stringify(`file://${repositoryFile('out/src/atomic-write/tempName.js')}`);

/** A script for `node --input-type=module -e` that prints a new temp name of its process. */
export const printTempName = `import { makeTempName } from ${module}; console.log(makeTempName());`;

/** Gives names made by a process that has ended. */
export function namesOfDeadProcess(): { single: string; journal: string; parts: readonly string[] } {
  const script = `
    import { makeBatchNames, makeTempName } from ${module};
    const names = makeBatchNames();
    const parts = [1, 2, 3].map(() => names.nextPart());
    console.log(JSON.stringify({ single: makeTempName(), journal: names.journal, parts }));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return JSON.parse(stdout);
}

/** The same name, as another machine, boot or container would have made it. */
export function asStranger(name: string): string {
  return name.replace(/^\.~ai-.{8}/, '.~ai-zzzzzzzz');
}
