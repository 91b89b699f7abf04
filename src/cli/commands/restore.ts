import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { renderRestored } from '../render/restored.ts';

export function addRestore(program: Command, context: CommandContext): void {
  program
    .command('restore')
    .description('Make the state folder, which must be empty, of a file that `backup` wrote.')
    .argument('<file>')
    .option('--json', 'Write one JSON document to stdout.')
    .action(async (file: string) => {
      const { restoreState } = await import('../../local/index.ts');
      const { DATABASE_URL: databaseUrl } = process.env;
      const { stateFolder } = context;
      const restored = await restoreState(stateFolder, resolve(file), databaseUrl || undefined);
      context.output.result({ stateFolder, ...restored }, renderRestored(stateFolder, restored));
    });
}
