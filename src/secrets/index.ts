export { openSecrets } from './secrets.ts';
export type { Secrets } from './types.ts';
