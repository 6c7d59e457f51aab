import type { GeneratorId } from '../types.ts';
import { adrLog } from './adrLog.ts';
import { barrel } from './barrel/barrel.ts';
import type { Generator } from './generator.ts';
import { htmlIndex } from './htmlIndex.ts';
import { jsonManifest } from './jsonManifest.ts';
import { llmsTxt } from './llmsTxt.ts';
import { markdownIndex } from './markdownIndex.ts';
import { sitemap } from './sitemap.ts';
import { template } from './template/template.ts';
import { toc } from './toc.ts';

/** Our own generators by the name that the project file gives them; `registry.ts` has those of others too. */
export const builtInGenerators: ReadonlyMap<GeneratorId, Generator> = new Map(
  [markdownIndex, htmlIndex, barrel, adrLog, llmsTxt, sitemap, jsonManifest, template, toc].map(
    (generator) => [generator.id, generator],
  ),
);
