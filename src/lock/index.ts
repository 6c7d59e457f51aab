export { acquireLock } from './acquireLock.ts';
export { type Lock, LockError, type LockOptions } from './lock.ts';
export { lockKeyOf } from './lockKey.ts';
