/** Builds what "Run Extension Tests" in `.vscode/launch.json` starts: `npm run integration:build`. */
import { mkdirSync, rmSync } from 'node:fs';
import { prepareWorkspace } from '../integration/workspaces.ts';
import { repositoryFile } from '../support/repository.ts';
import { buildForEditors } from './integrationTests.ts';

const folder = repositoryFile('out', 'debugging');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await prepareWorkspace('folder', folder);
await buildForEditors();
