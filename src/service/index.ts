export { callService } from './call.ts';
export { serviceHealth } from './connection.ts';
export { socketPath } from './protocol.ts';
export type { ServiceHealth, ServiceLine } from './protocol.ts';
export { ensureService, stopService } from './start.ts';
