export { createVerifier } from './verifier.ts';
export { renderReport } from './render.ts';
export { checks } from './checks/index.ts';
export type { RenderOptions } from './render.ts';
export type { Verifier, VerifierConfig, VerifySubject } from './types.ts';
