export { folderGrantOf, hostGrantOf } from './grants.ts';
export { readRequest, sources } from './read.ts';
export type { ReadOptions } from './read.ts';
