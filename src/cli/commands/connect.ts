import type { Command } from 'commander';
import type { ConnectResult } from '../../local/index.ts';
import { clientPrograms } from '../../util/index.ts';
import { runInService } from '../operation.ts';
import type { CommandContext } from '../program.ts';

interface ConnectFlags {
  readonly print?: boolean;
  readonly project?: boolean;
}

const names = clientPrograms.map((program) => program.name).join(', ');

export function addConnect(program: Command, context: CommandContext): void {
  const shared = (command: Command): Command =>
    command
      .argument('<client>', `One of: ${names}.`)
      .argument('<server>', "Name of a server, or `mcp-crafter` for mcp-crafter's own tools.")
      .option('--project', "Use this folder's configuration file instead of your own.")
      .option('--json', 'Write one JSON document to stdout.');
  shared(program.command('connect').description('Write a server into the configuration of an MCP client.'))
    .option('--print', 'Only show what would be written.')
    .action(async (client: string, server: string, flags: ConnectFlags) => {
      const { connectClient, connectionSnippet } = await import('../../local/index.ts');
      const target = { client, server, ...projectOf(flags) };
      if (server !== 'mcp-crafter') await runInService(context, 'get_server_info', { server });
      const result = flags.print ? connectionSnippet(target) : await connectClient(target);
      context.output.result(result, flags.print ? printText(result) : connectText(result, server));
    });
  shared(
    program.command('disconnect').description('Take a server out of the configuration of an MCP client again.'),
  ).action(async (client: string, server: string, flags: ConnectFlags) => {
    const { disconnectClient } = await import('../../local/index.ts');
    const result = await disconnectClient({ client, server, ...projectOf(flags) });
    context.output.result(
      result,
      result.changed ? `${server} is out of ${result.file}.` : `${server} is not in ${result.file}; nothing to do.`,
    );
  });
}

function projectOf(flags: ConnectFlags): { project?: string } {
  return flags.project ? { project: process.cwd() } : {};
}

function printText(result: ConnectResult): string {
  return `# ${result.file}\n${result.snippet}`;
}

function connectText(result: ConnectResult, server: string): string {
  if (!result.changed) return `${server} is in ${result.file} already.`;
  const backup = result.backup === undefined ? '' : `\nAs it was before: ${result.backup}`;
  return `${server} is now in ${result.file}.${backup}\n${result.next}`;
}
