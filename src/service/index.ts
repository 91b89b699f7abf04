export { callService } from './call.ts';
export { serviceHealth } from './connection.ts';
export { callPatiently } from './patient-call.ts';
export { httpTokenFile, keptHttpToken } from './http-token.ts';
export { lockPath, socketPath } from './protocol.ts';
export type { ServiceHealth, ServiceLine } from './protocol.ts';
export { ensureService } from './start.ts';
export { stopService } from './stop.ts';
