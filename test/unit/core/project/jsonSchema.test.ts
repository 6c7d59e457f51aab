import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { projectJsonSchema } from '../../../../src/core/project/jsonSchema.ts';
import { repositoryFile } from '../../../support/repository.ts';

describe('the JSON schema that is shipped', () => {
  const shipped = JSON.parse(readFileSync(repositoryFile('schemas', 'atomic-index.schema.json'), 'utf8'));

  it('is what the checks of the project file say (else: npm run schema)', () => {
    assert.deepEqual(shipped, JSON.parse(JSON.stringify(projectJsonSchema())));
  });

  it('describes every key and every option, for hovers', () => {
    const item = shipped.properties.targets.items;
    for (const [key, value] of Object.entries(item.properties))
      assert.match(JSON.stringify(value), /description/, key);
    for (const { then } of item.allOf) {
      for (const [key, value] of Object.entries(then.properties.options.properties)) {
        assert.match(JSON.stringify(value), /description/, key);
      }
    }
  });
});
