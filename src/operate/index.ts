export { createFleet } from './fleet.ts';
export { openLogBook } from './log-book.ts';
export { openRoster } from './roster.ts';
export type { Roster } from './roster.ts';
export type { Fleet, FleetState, Launch, LogBook } from './types.ts';
