import { homedir } from 'node:os';
import { join } from 'node:path';

/** An MCP client whose configuration file we know. */
export interface ClientProgram {
  readonly name: string;
  readonly title: string;
  /** Key of the object that holds the servers. */
  readonly key: 'mcpServers' | 'servers';
  /** Whether entries carry `"type": "stdio"`. */
  readonly typed: boolean;
  /** File for all of the user's work. */
  userFile(): string;
  /** File for one project folder; absent when the client has none. */
  projectFile?(folder: string): string;
  /** What to do for the change to take effect. */
  readonly next: string;
}

const home = (...parts: string[]): string => join(process.env.HOME ?? homedir(), ...parts);

/** Folder where desktop programs keep their settings on this system. */
function settings(...parts: string[]): string {
  return process.platform === 'darwin'
    ? home('Library', 'Application Support', ...parts)
    : join(process.env.XDG_CONFIG_HOME ?? home('.config'), ...parts);
}

export const clientPrograms: readonly ClientProgram[] = [
  {
    name: 'claude-desktop',
    title: 'Claude Desktop',
    key: 'mcpServers',
    typed: false,
    userFile: () => settings('Claude', 'claude_desktop_config.json'),
    next: 'Quit Claude Desktop and open it again.',
  },
  {
    name: 'claude-code',
    title: 'Claude Code',
    key: 'mcpServers',
    typed: true,
    userFile: () => home('.claude.json'),
    projectFile: (folder) => join(folder, '.mcp.json'),
    next: 'Start a new session of Claude Code; `/mcp` lists the server.',
  },
  {
    name: 'cursor',
    title: 'Cursor',
    key: 'mcpServers',
    typed: false,
    userFile: () => home('.cursor', 'mcp.json'),
    projectFile: (folder) => join(folder, '.cursor', 'mcp.json'),
    next: 'Cursor notices the change; switch the server on under Settings → MCP if it is off.',
  },
  {
    name: 'vscode',
    title: 'VS Code',
    key: 'servers',
    typed: true,
    userFile: () => settings('Code', 'User', 'mcp.json'),
    projectFile: (folder) => join(folder, '.vscode', 'mcp.json'),
    next: 'VS Code offers to start the server the next time a chat uses tools.',
  },
];
