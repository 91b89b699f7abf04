export { keyPlace, loadKey, moveKey, type KeyPlace } from './key.ts';
export { openSecrets } from './secrets.ts';
export type { Secrets } from './types.ts';
