/** The file at the root of a workspace folder that lists its targets. */
export const projectFileName = 'atomic-index.json';
