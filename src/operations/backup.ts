import { z } from 'zod';
import { backUp } from '../pipeline.ts';
import { defineOperation } from './define.ts';
import { absolutePath } from './document.ts';

export const backupState = defineOperation({
  name: 'backup_state',
  title: 'Back up everything',
  summary:
    'Writes the whole state to one new file: database, projects, artifacts, workspaces, logs, and the key that opens the secrets, so that only this user can read it. The service and its servers go on. `mcp-crafter restore FILE` makes a state folder of it.',
  input: z.strictObject({ file: z.string().min(1).describe('File to write; must not exist yet.') }),
  output: z.object({
    file: z.string(),
    bytes: z.int(),
    servers: z.int(),
    left_out: z
      .array(z.string())
      .describe('What servers laid that is no file or folder, may not be read or lies too deep: the first 1,000.'),
    message: z.string(),
  }),
  effect: 'dangerous',
  idempotent: false,
  mcp: false,
  cli: { command: 'backup', positionals: ['file'] },
  async run(crafter, input, work) {
    const file = absolutePath(input.file, 'file');
    const { bytes, servers, leftOut } = await backUp(crafter, file, work.signal);
    const omitted =
      leftOut.length === 0 ? '' : ` Left out, since no backup can hold it: ${leftOut.length} (--json names what).`;
    return {
      file,
      bytes,
      servers,
      left_out: leftOut.slice(0, 1000),
      message: `${file} holds ${servers} ${servers === 1 ? 'server' : 'servers'}. Whoever has it has their secrets: keep it where the state folder would be safe.${omitted}`,
    };
  },
});
