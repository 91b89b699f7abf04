import type { Crafter } from '../crafter.ts';

/** Tells, in a server's log, what went wrong with it. */
export function sayOf(crafter: Crafter, server: string, message: string): void {
  const line = { time: new Date().toISOString(), level: 'error', message, source: 'mcp-crafter' };
  crafter.fleet.logs.append(server, JSON.stringify(line));
}
