/** What the benchmark uses of packages that come without declarations. */
declare module 'write-file-atomic' {
  function writeFileAtomic(
    path: string,
    data: Uint8Array,
    options?: { readonly fsync?: boolean },
  ): Promise<void>;
  export = writeFileAtomic;
}

declare module 'fast-write-atomic' {
  function writeAtomic(path: string, data: Uint8Array, callback: (error: Error | null) => void): void;
  export = writeAtomic;
}

declare module 'fs-extra' {
  const fsExtra: { outputFile(path: string, data: Uint8Array): Promise<void> };
  export default fsExtra;
}
