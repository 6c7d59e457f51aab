/** True for `npm run test:long`, which takes its time: what CI does in seconds is done as often as the guarantees say. */
export const isLong = process.env['ATOMIC_INDEX_LONG'] === '1';
