import { z } from 'zod';
import { updateServer } from '../pipeline.ts';
import { defineOperation } from './define.ts';
import { server } from './fields.ts';
import { findServer } from './find-server.ts';
import { outcome } from './outcome.ts';
import { withSignatures } from './signatures.ts';

export const ejectTools = defineOperation({
  name: 'eject_tools',
  title: 'Turn operations into code',
  summary: [
    'Makes the next version of a server made from an API document, in which the operations named are plain code that sends the same request, to be edited.',
    'One of the catalogue becomes a tool. Answers like update_server.',
  ].join(' '),
  input: z.strictObject({
    server,
    tools: z
      .array(z.string().min(1).max(128))
      .min(1)
      .max(50)
      .describe('Names of operations, as tools or in the catalogue.'),
    undo: z.boolean().default(false).describe('Make them operations again.'),
    dry_run: z.boolean().default(false).describe('Only show what would change.'),
    wait: z.boolean().default(false).describe('Wait for the end and answer with the report.'),
  }),
  output: outcome,
  effect: 'write',
  idempotent: false,
  mcp: true,
  cli: { command: 'eject', positionals: ['server', 'tools...'] },
  async run(crafter, { server: name, tools, undo, dry_run, wait }, work) {
    const change = {
      document: undefined,
      partial: false,
      removeTools: [],
      ejectTools: tools,
      undoEject: undo,
      wish: { folders: [], hosts: [], environment: {} },
      dryRun: dry_run,
    };
    const record = await findServer(crafter, name);
    return withSignatures(crafter, await updateServer(crafter, record, change, { start: false, wait }, work));
  },
});
