export { folderGrantOf, hostGrantOf } from './grants.ts';
export { isProblem, readServerName } from './names.ts';
export { maxInputBytes, readRequest, sources } from './read.ts';
export type { ReadOptions } from './read.ts';
export { isSecret, secretNameParts } from './secret-names.ts';
