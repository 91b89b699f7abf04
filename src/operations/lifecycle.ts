import { z } from 'zod';
import { serverStatus } from '../spec/index.ts';
import type { Crafter } from '../crafter.ts';
import type { FleetState } from '../operate/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { changeRecord, recordActive, recordStopped } from '../pipeline.ts';
import { defineOperation } from './define.ts';
import { server } from './fields.ts';
import { findServer, withMasked } from './find-server.ts';

const state = z.object({
  server: z.string(),
  status: serverStatus,
  /** Where it answers over HTTP; a request needs the token that `show --with-token` prints. */
  url: z.string().optional(),
  message: z.string(),
});

const input = z.strictObject({ server });
const startInput = z.strictObject({
  server,
  port: z
    .int()
    .min(1)
    .max(65535)
    .optional()
    .describe('Loopback port to answer on; the last one or any free one when left out.'),
});

export const startServer = defineOperation({
  name: 'start_server',
  title: 'Start a server',
  summary:
    'Starts a server over HTTP on a loopback port, in the sandbox with its grants, and answers when it is healthy. From then on it is kept running. Starting a running server changes nothing.',
  input: startInput,
  output: state,
  effect: 'write',
  idempotent: true,
  mcp: false,
  cli: { command: 'start', positionals: ['server'] },
  run: (crafter, { server: name, port }) => start(crafter, name, port),
});

export const stopServer = defineOperation({
  name: 'stop_server',
  title: 'Stop a server',
  summary: 'Stops a running server and leaves it stopped. It stays registered; call_tool and run still work.',
  input,
  output: state,
  effect: 'write',
  idempotent: true,
  mcp: false,
  cli: { command: 'stop', positionals: ['server'] },
  async run(crafter, { server: name }) {
    const record = await findServer(crafter, name);
    await changeRecord(crafter, record.name, { desired: 'stopped' });
    await crafter.fleet.stop(name);
    await recordStopped(crafter, name);
    return { server: name, status: 'stopped' as const, message: `${name} is stopped.` };
  },
});

export const restartServer = defineOperation({
  name: 'restart_server',
  title: 'Restart a server',
  summary: 'Stops a server and starts it again on the same port; answers when it is healthy.',
  input,
  output: state,
  effect: 'write',
  idempotent: false,
  mcp: false,
  cli: { command: 'restart', positionals: ['server'] },
  async run(crafter, { server: name }) {
    const record = await findServer(crafter, name);
    return started(crafter, record, () => crafter.fleet.restart(record));
  },
});

async function start(crafter: Crafter, name: string, port: number | undefined): Promise<z.output<typeof state>> {
  const record = await findServer(crafter, name);
  const wished = port === undefined ? record : { ...record, port };
  return started(crafter, wished, () => crafter.fleet.start(wished));
}

async function started(
  crafter: Crafter,
  record: ServerRecord,
  work: () => Promise<FleetState>,
): Promise<z.output<typeof state>> {
  const running = await withMasked(crafter, work);
  await changeRecord(crafter, record.name, { desired: 'running', port: record.port });
  await recordActive(crafter, record);
  return {
    server: record.name,
    status: running.status,
    ...(running.url === undefined ? {} : { url: running.url }),
    message: `${record.name} ${record.version} answers at ${running.url ?? 'its socket'}.`,
  };
}
