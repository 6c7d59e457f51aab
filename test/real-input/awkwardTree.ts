/**
 * Modules that no index generator we know survives: collisions, default exports, type-only and merged names, cycles,
 * stars, twins, strings that look like exports, names in other scripts. All are correct for the compiler.
 */
export const awkwardTree: Readonly<Record<string, string>> = {
  'collideA.ts': "export const same = 1;\nexport const onlyInA = 'a';\n",
  'collideB.ts': "export const same = 'other';\nexport interface onlyInB {\n  b: string;\n}\n",
  'collideType.ts': 'export type same = boolean;\nexport type Result = { ok: true };\n',
  'types.ts':
    'interface Hidden {\n  a: 1;\n}\ntype Alias = Hidden;\nexport { type Hidden };\nexport type { Alias };\n',
  'localTypes.ts':
    'interface Shape {\n  side: number;\n}\nconst area = (shape: Shape): number => shape.side ** 2;\nexport { area };\nexport type { Shape };\n',
  'merged.ts':
    "export interface Merged {\n  a: string;\n}\nexport const Merged = { a: '' };\nexport namespace Values {\n  export const one = 1;\n}\nexport namespace OnlyTypes {\n  export type One = 1;\n}\n",
  'enums.ts':
    "export enum Color {\n  red = 'red',\n}\nexport const enum Size {\n  small = 1,\n}\nexport abstract class Base {\n  abstract run(): void;\n}\n",
  'declared.ts': 'export declare const injected: string;\nexport declare function ambient(): void;\n',
  'overloads.ts':
    'export function over(a: string): void;\nexport function over(a: number): void;\nexport function over(_a: unknown): void {}\n',
  'patterns.ts':
    'export const {\n  a: renamed,\n  nested: { deep, ...others },\n} = { a: 1, nested: { deep: 2, more: 3 } };\nexport const [first, , ...last] = [1, 2, 3, 4];\n',
  'generic.ts':
    'export const generic = <T extends { a: 1 }>(x: T): T => x;\nexport const pattern = /export const no = 1/;\nexport const text = `export const neither = 1`;\n// export const comment = 1;\n/* export const block = 1; */\n',
  'default-class.ts': 'export default class {\n  here = true;\n}\n',
  'DefaultNamed.ts': 'export class DefaultNamed {}\nexport default DefaultNamed;\n',
  'clash.ts': "export const clash = 1;\nexport default 'clash';\n",
  'default_function.ts': 'export default function named(): void {}\n',
  'default-type.ts': 'interface Config {\n  strict: boolean;\n}\nexport type { Config as default };\n',
  'default.interface.ts': 'export default interface Settings {\n  loud: boolean;\n}\n',
  '2fa.ts': 'export default 2;\n',
  'class.ts': 'export default 3;\nexport const notReserved = 1;\n',
  'sideEffect.ts': "Reflect.set(globalThis, 'sideEffect', 1);\nexport {};\n",
  'component.tsx':
    'export const Box = <T,>({ value }: { value: T }): T => value;\nexport type Props = { a: 1 };\n',
  'script.js': "export const fromScript = 1;\nexport default 'script';\n",
  'twin.ts': 'export const twin = 1;\nexport type TwinType = 1;\n',
  'twin.js': 'export const twin = 1;\n',
  'module.mts': 'export const fromMts = 1;\n',
  'common.cts': 'const answer = 42;\nexport = answer;\n',
  'cycleA.ts': "export * from './cycleB.js';\nexport const inCycleA = 1;\n",
  'cycleB.ts': "export * from './cycleA.js';\nexport const inCycleB = 1;\n",
  'passesOn.ts':
    "export { onlyInA, onlyInA as alsoInA } from './collideA.js';\nexport type { Result } from './collideType.js';\nimport { Color } from './enums.js';\nimport type { Props } from './component.js';\nexport { Color };\nexport type { Props as BoxProps };\nexport * as everything from './types.js';\nexport type * as justTypes from './localTypes.js';\n",
  'sub/index.ts':
    "export * from './inner.js';\nexport { default } from './inner.js';\nexport const inIndex = 1;\n",
  'sub/inner.ts': "export const inner = 1;\nexport default 'inner';\n",
  'sub/types/index.ts': "export type * from './deep.js';\n",
  'sub/types/deep.ts': 'export class Deep {}\nexport type Deeper = Deep;\n',
  'fromOutside.ts': "export * from '../outside.js';\nexport const known = 1;\n",
  'strings.ts': "const value = 1;\nexport { value as 'not an identifier', value as if };\n",
  'größe.ts': 'export const größe = 1;\nexport const ñandú = 2;\n',
  'SailPlan.vue': '<script setup lang="ts">\nexport const no = 1;\n</script>\n',
  'wind-rose.svelte': '<script context="module">export const no = 1;</script>\n<p>wind</p>\n',
  'ports.json': '{ "ports": ["Lisbon"] }\n',
  'ignored.ts':
    '// atomic-index-ignore-file\nexport const ignored = 1;\nexport const passedOn = 2;\nexport default 3;\n',
  'fromIgnored.ts': "export { passedOn } from './ignored.js';\n",
  'many.ts': Array.from({ length: 12 }, (_, index) => `export const someLongName${index} = ${index};\n`).join(
    '',
  ),
};
