export { connectClient, connectionSnippet, disconnectClient } from './connect.ts';
export type { ConnectResult, ConnectTarget } from './connect.ts';
export { disconnectAll } from './disconnect-all.ts';
export { moveStateKey } from './key.ts';
export { examine } from './doctor.ts';
export type { DoctorFinding } from './doctor.ts';
export { restoreState } from './restore.ts';
export { runServer } from './run.ts';
export type { RunLaunch } from './run.ts';
