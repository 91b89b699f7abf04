import { z } from 'zod';
import type { Json } from '../spec/index.ts';
import { callTool as callServerTool } from '../pipeline.ts';
import { defineOperation } from './define.ts';
import { server } from './fields.ts';
import { findServer, withMasked } from './find-server.ts';

export const callTool = defineOperation({
  name: 'call_tool',
  title: 'Call a tool',
  summary:
    'Calls one tool of a server and returns its result. Uses the running server, or starts one for this call; no client needs to be configured. get_server_info shows the tools with their parameters.',
  input: z.strictObject({
    server,
    tool: z.string().min(1).max(128).describe('Name of the tool.'),
    arguments: z.record(z.string(), z.json()).default({}).describe('Arguments by parameter name.'),
    timeout_seconds: z.number().positive().max(3600).default(300).describe('How long to wait for the answer.'),
  }),
  output: z.looseObject({
    content: z.array(z.looseObject({ type: z.string() })),
    structuredContent: z.record(z.string(), z.unknown()).optional(),
    isError: z.boolean().optional(),
  }),
  // What a tool does is the server's affair; the call itself may change things.
  effect: 'write',
  idempotent: false,
  mcp: true,
  cli: { command: 'call', positionals: ['server', 'tool', 'arguments?'] },
  async run(crafter, input, work) {
    const record = await findServer(crafter, input.server);
    const result = await withMasked(crafter, () =>
      callServerTool(crafter, record, input.tool, input.arguments as Record<string, Json>, {
        timeoutMs: input.timeout_seconds * 1000,
        work,
      }),
    );
    return { ...result, content: [...result.content] };
  },
});
