import type { Command } from 'commander';
import type { RunLaunch } from '../../local/index.ts';
import { runInService } from '../operation.ts';
import type { CommandContext } from '../program.ts';

export function addRun(program: Command, context: CommandContext): void {
  program
    .command('run')
    .argument('<server>', 'Name of a server.')
    .description('Connect this standard input and output to a server, in its sandbox. This is what MCP clients start.')
    .action(async (server: string) => {
      const { runServer } = await import('../../local/index.ts');
      const launch = await runInService(context, 'get_run_launch', { server });
      const note = () => runInService(context, 'note_unprotected_run', { server });
      process.exitCode = await runServer(context.stateFolder, launch as RunLaunch, context.signal, note);
    });
}
