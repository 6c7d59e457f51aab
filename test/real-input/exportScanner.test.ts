import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModuleFacts } from '../../src/core/facts/moduleFacts.ts';
import { makeFolder, writeTree } from './moduleTree.ts';
import { randomFrom, randomModule } from './randomModules.ts';
import { type RealPackage, realDeclarations, realPackages, sample } from './realModules.ts';
import { type SyntaxExports, syntaxExports } from './syntaxExports.ts';

const isLong = process.env['ATOMIC_INDEX_LONG'] === '1';
const seed = Number(process.env['ATOMIC_INDEX_SEED'] ?? Date.now() % 1_000_000);

describe(`the exports of real modules, beside what TypeScript says (seed ${seed})`, function () {
  this.timeout(300_000);

  const all = [...realPackages(), ...realDeclarations()];

  it('are read from many modules', () => {
    const count = realPackages().reduce((sum, { modules }) => sum + modules.length, 0);
    assert.ok(count >= 2000, `${count} modules`);
  });

  for (const one of all) {
    const { name } = one;
    const modules = isLong ? one.modules : sample(one.modules, 200, seed);
    it(`are the same in ${modules.length} of ${one.modules.length} modules of ${name}`, async () => {
      const { differences, compared } = await compareAll({ ...one, modules });
      assert.deepEqual(differences, []);
      assert.ok(compared >= modules.length / 3, `only ${compared} names were compared`);
    });
  }

  it('are the same in modules of all constructs in random combination', async () => {
    const temp = makeFolder();
    try {
      const random = randomFrom(seed);
      const names = Array.from({ length: isLong ? 20_000 : 2_000 }, (_, i) => `m${i}.ts`);
      writeTree(temp.path, Object.fromEntries(names.map((name) => [name, randomModule(random)])));
      const { differences, compared } = await compareAll({ name: '', folder: temp.path, modules: names });
      const [first] = differences;
      const text =
        first === undefined ? '' : readFileSync(join(temp.path, first.replace(/:.*/s, '')), 'utf8');
      assert.deepEqual(differences.slice(0, 5), [], text);
      assert.ok(compared > 3 * names.length, `only ${compared} names were compared`);
    } finally {
      temp.remove();
    }
  });
});

async function compareAll({
  folder,
  modules,
}: RealPackage): Promise<{ readonly differences: readonly string[]; readonly compared: number }> {
  let compared = 0;
  const expected = syntaxExports(modules.map((path) => join(folder, path)));
  const differences: string[] = [];
  for (const path of modules) {
    const found = await ourExports(folder, path);
    const theirs = expected.get(join(folder, path));
    if (theirs === undefined || found === undefined) {
      if (theirs?.isExportAssignment !== true) differences.push(`${path}: not read`);
      continue;
    }
    compared += theirs.names.length + theirs.stars.length;
    const more = found.names.filter((name) => !theirs.names.includes(name));
    const less = theirs.names.filter((name) => !found.names.includes(name));
    const stars =
      found.stars.join() === theirs.stars.join() ? [] : [`stars ${found.stars} for ${theirs.stars}`];
    for (const text of [...more.map((n) => `+${n}`), ...less.map((n) => `-${n}`), ...stars])
      differences.push(`${path}: ${text}`);
  }
  return { differences, compared };
}

async function ourExports(
  folder: string,
  path: string,
): Promise<Omit<SyntaxExports, 'isExportAssignment'> | undefined> {
  const { facts, problems } = await readModuleFacts(readFileSync(join(folder, path), 'utf8'), path);
  if (problems.length > 0) return undefined;
  const names = facts.exports.map(({ name, isTypeOnly, from }) => {
    const origin = from === undefined ? '' : `<${from.specifier}:${from.name}`;
    return `${isTypeOnly ? 'type ' : ''}${name}${origin}`;
  });
  const stars = facts.stars.map((star) => `${star.isTypeOnly ? 'type ' : ''}*${star.specifier}`);
  return { names: names.sort(), stars: stars.sort() };
}
