import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Folder with everything mcp-crafter keeps: MCP_CRAFTER_HOME, else /var/lib/mcp-crafter for root
 * (its database runs as a user of its own that must reach the folder), else the user's state folder (XDG).
 */
export function stateFolder(): string {
  const { MCP_CRAFTER_HOME, XDG_STATE_HOME, HOME } = process.env;
  if (MCP_CRAFTER_HOME !== undefined && MCP_CRAFTER_HOME !== '') return resolve(MCP_CRAFTER_HOME);
  if (process.getuid?.() === 0) return '/var/lib/mcp-crafter';
  return join(XDG_STATE_HOME ?? join(HOME ?? homedir(), '.local', 'state'), 'mcp-crafter');
}
