import { z } from 'zod';
import { grants } from '../spec/index.ts';
import { launchOf, noteRun, untilTakenBack } from '../pipeline.ts';
import { defineOperation } from './define.ts';
import { server } from './fields.ts';
import { findServer } from './find-server.ts';

const limits = z.object({
  seconds: z.number().optional(),
  cpuSeconds: z.number().optional(),
  memoryBytes: z.number().optional(),
  processes: z.number().optional(),
  fileBytes: z.number().optional(),
  outputBytes: z.number().optional(),
});

/** For `run NAME` only: the answer holds secrets in the clear and goes over the service's private socket. */
export const getRunLaunch = defineOperation({
  name: 'get_run_launch',
  title: 'How to run a server',
  summary:
    'Gives the command line what it needs to run a server itself over stdio: bundle, command, grants and environment, secrets included. Not offered over any other face.',
  input: z.strictObject({ server }),
  output: z.object({
    name: z.string(),
    command: z.array(z.string()),
    mounts: z.array(z.object({ source: z.string(), target: z.string(), access: z.enum(['read', 'write']) })),
    transport: z.literal('stdio'),
    workspace: z.string(),
    grants,
    environment: z.record(z.string(), z.string()),
    limits: limits.optional(),
    runFolder: z.string(),
    unsafe: z.boolean(),
    secrets: z.array(z.string()),
    made: z.string(),
  }),
  effect: 'dangerous',
  idempotent: true,
  mcp: false,
  isPrivate: true,
  run: async (crafter, input) => launchOf(crafter, await findServer(crafter, input.server)),
});

/** For `run NAME` only: what it is about to start has no sandbox, whatever the service has. */
export const noteUnprotectedRun = defineOperation({
  name: 'note_unprotected_run',
  title: 'Note a run without a sandbox',
  summary:
    'Notes that a server is run without a sandbox, so that every later report of it says so. For the command line alone, not offered over any other face.',
  input: z.strictObject({ server }),
  output: z.object({ server: z.string() }),
  effect: 'write',
  idempotent: true,
  mcp: false,
  isPrivate: true,
  run: async (crafter, input) => {
    const { name } = await findServer(crafter, input.server);
    await noteRun(crafter, name, 'none');
    return { server: name };
  },
});

/** For `run NAME` only, which ends when this is answered. */
export const holdRun = defineOperation({
  name: 'hold_run',
  title: 'Wait for the end of a run',
  summary:
    'Answers, with the reason, when a run of a server has to end: something that it was granted is taken back, or the server is deleted. For the command line alone, not offered over any other face.',
  input: z.strictObject({
    server,
    made: z.string().describe('When the server was made, as get_run_launch says.'),
    grants: grants.describe('What the run was granted.'),
  }),
  output: z.object({ code: z.enum(['NOT_FOUND', 'GRANT_REFUSED']), message: z.string() }),
  effect: 'read',
  idempotent: true,
  mcp: false,
  isPrivate: true,
  run: (crafter, input, work) => untilTakenBack(crafter, input.server, input, work.signal),
});
