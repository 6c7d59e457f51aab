import { type ParseError, parse } from 'jsonc-parser';

/** The text of a file by its path relative to the root: `null` when there is none, `undefined` when nobody looked yet. */
export type ConfigText = (relativePath: string) => string | null | undefined;

/** What the compiler's settings say about importing; missing means that they don't say. */
export type CompilerSettings = {
  readonly module?: string;
  readonly moduleResolution?: string;
  readonly allowImportingTsExtensions?: boolean;
  readonly rewriteRelativeImportExtensions?: boolean;
};

/** What we need of a `tsconfig.json`, as it is written. */
export type RawConfig = {
  readonly settings?: CompilerSettings;
  readonly bases?: readonly string[];
  readonly references?: readonly string[];
  readonly files?: readonly string[];
  readonly include?: readonly string[];
};

/** Reads a `tsconfig.json` (JSON with comments and trailing commas); `null` when it is none. */
export function parseConfig(text: string): RawConfig | null {
  const errors: ParseError[] = [];
  const root: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !isObject(root)) return null;
  const options = isObject(root['compilerOptions']) ? root['compilerOptions'] : {};
  const { module, moduleResolution, allowImportingTsExtensions, rewriteRelativeImportExtensions } = options;
  const references = Array.isArray(root['references']) ? root['references'] : undefined;
  const bases = typeof root['extends'] === 'string' ? [root['extends']] : strings(root['extends']);
  const files = strings(root['files']);
  const include = strings(root['include']);
  return {
    settings: {
      ...(typeof module === 'string' && { module: module.toLowerCase() }),
      ...(typeof moduleResolution === 'string' && { moduleResolution: moduleResolution.toLowerCase() }),
      ...(typeof allowImportingTsExtensions === 'boolean' && { allowImportingTsExtensions }),
      ...(typeof rewriteRelativeImportExtensions === 'boolean' && { rewriteRelativeImportExtensions }),
    },
    ...(bases !== undefined && { bases }),
    ...(references !== undefined && {
      references: references.flatMap((one: unknown) =>
        isObject(one) && typeof one['path'] === 'string' ? [one['path']] : [],
      ),
    }),
    ...(files !== undefined && { files }),
    ...(include !== undefined && { include }),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : undefined;
}
