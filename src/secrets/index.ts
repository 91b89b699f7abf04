export { keyPlace, loadKey, moveKey, type KeyPlace } from './key.ts';
export { keptText } from './kept-text.ts';
export { openSecrets } from './secrets.ts';
export type { Secrets } from './types.ts';
