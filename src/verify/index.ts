export { createVerifier } from './verifier.ts';
export { renderReport } from '../util/index.ts';
export { checks } from './checks/index.ts';
export type { RenderOptions } from '../util/index.ts';
export type { Verifier, VerifierConfig, VerifySubject } from './types.ts';
