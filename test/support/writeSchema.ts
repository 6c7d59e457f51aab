/** Writes the project file's JSON schema from the schemas that check it: `npm run schema`. */

import { atomicWriteText } from '../../src/atomic-write/index.ts';
import { projectJsonSchema } from '../../src/core/project/jsonSchema.ts';
import { repositoryFile } from './repository.ts';

const text = `${JSON.stringify(projectJsonSchema(), null, 2)}\n`;
const { outcome } = await atomicWriteText(repositoryFile('schemas', 'atomic-index.schema.json'), text, {
  ifChanged: true,
});
console.log(`schemas/atomic-index.schema.json: ${outcome}`);
