import { z } from 'zod';
import { defineOperation } from './define.ts';
import { server } from './fields.ts';
import { findServer } from './find-server.ts';

export const getLogs = defineOperation({
  name: 'get_logs',
  title: 'Logs of a server',
  summary:
    'Returns the newest lines that a server logged, oldest first; secrets are masked. With follow, further lines come as they are written until the caller goes away.',
  input: z.strictObject({
    server,
    lines: z.int().min(1).max(10_000).default(100).describe('How many of the newest lines.'),
    follow: z.boolean().default(false).describe('Go on with new lines as they are written.'),
  }),
  output: z.object({ lines: z.array(z.string()) }),
  effect: 'read',
  idempotent: true,
  mcp: false,
  cli: { command: 'logs', positionals: ['server'] },
  async run(crafter, input, work) {
    await findServer(crafter, input.server);
    const lines = await crafter.fleet.logs.read(input.server, input.lines);
    if (!input.follow || work.log === undefined) return { lines: [...lines] };
    lines.forEach((line) => work.log?.(line));
    await crafter.fleet.logs.follow(input.server, work.signal, work.log.bind(work));
    return { lines: [] };
  },
});
