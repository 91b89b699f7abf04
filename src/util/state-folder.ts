import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Where mcp-crafter keeps everything: MCP_CRAFTER_HOME, else /var/lib/mcp-crafter for root (its database and
 * sandbox run as other users, which must reach the folder), else the user's state folder (XDG).
 */
export function defaultStateFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.MCP_CRAFTER_HOME) return resolve(env.MCP_CRAFTER_HOME);
  if (process.getuid?.() === 0) return '/var/lib/mcp-crafter';
  return join(env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state'), 'mcp-crafter');
}
