export { askAlive } from './alive.ts';
export { connect } from './connect.ts';
export { probeEra } from './probe.ts';
export type { ProbeOptions } from './probe.ts';
export type { EraProbe } from './probe-kit.ts';
export { probeHttpProtection } from './probe-protection.ts';
export { eras } from './types.ts';
export type { CallResult, ConnectOptions, Endpoint, Era, McpConnection } from './types.ts';
