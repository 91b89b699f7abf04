import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { defaultStateFolder } from '../util/index.ts';
import { createMcpServer } from './server.ts';

const usage = `Usage: mcp-crafter mcp

Speaks MCP over stdio (protocol eras 2025-11-25 and 2026-07-28): mcp-crafter's own tools for agents.
Connect a client with: mcp-crafter connect claude-code mcp-crafter
`;

const [word] = process.argv.slice(2);
if (word !== undefined) {
  const help = word === '--help' || word === '-h';
  (help ? process.stdout : process.stderr).write(help ? usage : `Unknown word \`${word}\`.\n${usage}`);
  process.exit(help ? 0 : 2);
}

const folder = defaultStateFolder();
const handle = serveStdio(() => createMcpServer(folder), {
  onerror: (error) =>
    process.stderr.write(
      `${JSON.stringify({ time: new Date().toISOString(), level: 'error', message: error.message })}\n`,
    ),
});
const stop = (): void => void handle.close().then(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.stdin.on('end', stop);
