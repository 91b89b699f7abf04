export { createVerifier } from './verifier.ts';
export { findSuite } from './harness/find-suite.ts';
export { scanSecrets } from './checks/secrets/index.ts';
export { checks } from './checks/index.ts';
export type { Verifier, VerifierConfig, VerifySubject } from './types.ts';
