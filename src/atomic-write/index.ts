export { AtomicFile, type AtomicFileOptions } from './atomicFile.ts';
export { atomicWriteBytes, atomicWriteText } from './atomicWrite.ts';
export { AtomicWriteError, type AtomicWriteStep, type OwnCode } from './errors.ts';
export type { AtomicWriteOptions, Durability, Expected, WriteResult } from './options.ts';
export { type SweepOptions, type SweepResult, sweepTempFiles } from './sweep.ts';
export { tempFileGlob } from './tempName.ts';
