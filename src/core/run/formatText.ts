import { findFormatter, formatterPackages } from '../scan/findFormatter.ts';
import type { FormatterName } from '../types.ts';
import { type Formatted, type FormatterRequest, runFormatter } from './runFormatter.ts';

/** Formats the text of an output. `failure` follows the formatter's name. Throws the signal's reason and Node's errors. */
export type FormatText = (name: FormatterName, output: string, text: string) => Promise<Formatted>;

/** Gives the function by which one run formats. */
export function createFormatText(
  limits: Pick<FormatterRequest, 'absoluteRoot' | 'limitMs' | 'signal'>,
): FormatText {
  // A target is looked at again under its lock, and when its file changed meanwhile: mostly at the same text.
  let last: { readonly key: string; readonly formatted: Formatted } | undefined;
  return async (name, output, text) => {
    const key = JSON.stringify([name, output, text]);
    if (last?.key !== key) last = { key, formatted: await format(name, output, text) };
    return last.formatted;
  };

  async function format(name: FormatterName, output: string, text: string): Promise<Formatted> {
    const absoluteProgram = await findFormatter(name, limits.absoluteRoot, output);
    if (absoluteProgram === null) {
      const wanted = formatterPackages[name];
      return {
        failure: `is not installed in this folder. Run npm install --save-dev ${wanted}, or set "format" to false`,
      };
    }
    return await runFormatter({ ...limits, name, absoluteProgram, output, text });
  }
}
