import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';

export function addKey(program: Command, context: CommandContext): void {
  program
    .command('key')
    .description("Move the key that opens this state folder's secrets; `doctor` says where it lies.")
    .argument('<place>', "`file` (as it is at first), or `keyring`: the system's, of your login session.")
    .option('--json', 'Write one JSON document to stdout.')
    .action(async (place: string) => {
      const { moveStateKey } = await import('../../local/index.ts');
      const moved = await moveStateKey(context.stateFolder, place);
      context.output.result(moved, moved.message);
    });
}
