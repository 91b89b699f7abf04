export { isPrivateName, mayBeReached } from './destination.ts';
export { fetchText } from './fetch-text.ts';
export { startServer } from './start.ts';
export { startEgressProxy } from './egress.ts';
export { takeSocket } from './socket.ts';
export type { EgressProxy } from './egress.ts';
export type { RunningServer, ServerLaunch } from './types.ts';
