export { layFiles, plainText, readInside, readPlain } from './inside.ts';
export { openSandbox } from './open.ts';
export { endOrphans } from './orphans.ts';
export { BUILD_NICENESS } from './run.ts';
export { removeTree } from './remove-tree.ts';
export { walkTree } from './walk-tree.ts';
export { probeSandbox } from './probe.ts';
export type { SandboxProbe } from './probe.ts';
export type {
  ExitInfo,
  Mount,
  RunResult,
  Sandbox,
  SandboxConfig,
  SandboxLimits,
  SandboxOptions,
  SandboxedProcess,
} from './types.ts';
