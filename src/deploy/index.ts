export { rehearse } from './rehearse.ts';
export { createProcessTarget } from './targets/process/index.ts';
export type { ProcessTargetParts } from './targets/process/index.ts';
