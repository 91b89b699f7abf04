import type { Command } from 'commander';
import type { RunEnd, RunLaunch } from '../../local/index.ts';
import { runInService } from '../operation.ts';
import type { CommandContext } from '../program.ts';

export function addRun(program: Command, context: CommandContext): void {
  program
    .command('run')
    .argument('<server>', 'Name of a server.')
    .description('Connect this standard input and output to a server, in its sandbox. This is what MCP clients start.')
    .action(async (server: string) => {
      const { runServer } = await import('../../local/index.ts');
      const { callPatiently } = await import('../../service/index.ts');
      const launch = await runInService(context, 'get_run_launch', { server });
      const { grants, made } = launch as RunLaunch;
      process.exitCode = await runServer(context.stateFolder, launch as RunLaunch, context.signal, {
        note: () => runInService(context, 'note_unprotected_run', { server }),
        hold: async (signal) =>
          (await callPatiently(context.stateFolder, 'hold_run', { server, made, grants }, signal)) as RunEnd,
      });
    });
}
