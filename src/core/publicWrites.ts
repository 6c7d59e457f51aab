/** The atomic-write module as other extensions get it: the same functions that the engine writes with. */
export {
  AtomicFile,
  atomicWriteBatch,
  atomicWriteBytes,
  atomicWriteText,
  sweepTempFiles,
} from '../atomic-write/index.ts';
