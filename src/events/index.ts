export { createEvents } from './events.ts';
export type { Events } from './types.ts';
