export { createTypescript } from './typescript/index.ts';
export type { TypescriptConfig } from './typescript/index.ts';
