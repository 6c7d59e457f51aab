// atomic-index-ignore-file: only for tests
export const fakeClock = { hour: 0 };
