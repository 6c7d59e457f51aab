export { acquireLock } from './acquireLock.ts';
export {
  type Holder,
  type Lock,
  LockError,
  type LockOptions,
  type VolumeLockOptions,
} from './lock.ts';
export { type KnownFolders, lockKeyOf, volumeKeyOf } from './lockKey.ts';
export { sharesVolume } from './sharesVolume.ts';
