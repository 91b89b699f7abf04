import type { Command } from 'commander';

/** `serve` and `mcp` have entry points of their own, chosen by the launcher; here they only show in the help. */
export function addFaces(program: Command): void {
  program.command('serve').description('Run the service in the foreground; --stop ends a running one. Commands start it on demand.');
  program.command('mcp').description("Speak MCP over stdio: mcp-crafter's own tools for Claude, Cursor, VS Code and other agents.");
}
