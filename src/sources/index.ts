export { folderGrantOf, hostGrantOf } from './grants.ts';
export { referencesIn } from './openapi/references.ts';
export { readApart } from './apart.ts';
export { readRequest, sources } from './read.ts';
export type { ReadOptions } from './read.ts';
