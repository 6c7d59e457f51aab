export { AtomicFile, type AtomicFileOptions } from './atomicFile.ts';
export { atomicWriteBytes, atomicWriteText } from './atomicWrite.ts';
export { atomicWriteBatch } from './batch.ts';
export {
  AtomicBatchError,
  type BatchEntry,
  type BatchEntryResult,
  type BatchOptions,
} from './batchOptions.ts';
export { AtomicWriteError, type AtomicWriteStep, type OwnCode } from './errors.ts';
export type { AtomicWriteOptions, Durability, Expected, WriteResult } from './options.ts';
export { type RecoverOptions, type RecoverResult, recoverBatches } from './recover.ts';
export { type SweepOptions, type SweepResult, sweepTempFiles } from './sweep.ts';
export { type SweepTreeOptions, type SweepTreeResult, sweepTree } from './sweepTree.ts';
export { tempFileGlob } from './tempName.ts';
