export { createFleet } from './fleet.ts';
export { openLogBook } from './log-book.ts';
export type { Fleet, FleetState, Launch, LogBook } from './types.ts';
