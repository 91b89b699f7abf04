import type { Command } from 'commander';
import type { CommandContext } from '../program.ts';
import { addConnect } from './connect.ts';
import { addKey } from './key.ts';
import { addDoctor } from './doctor.ts';
import { addQuickstart } from './quickstart.ts';
import { addRestore } from './restore.ts';
import { addRun } from './run.ts';
import { addFaces } from './faces.ts';

/** Commands that work on this machine beside the service, not through the operations table. */
export function addLocalCommands(program: Command, context: CommandContext): void {
  addRun(program, context);
  addConnect(program, context);
  addDoctor(program, context);
  addQuickstart(program, context);
  addRestore(program, context);
  addKey(program, context);
  addFaces(program);
}
