import { connect } from '../client/index.ts';
import type { CallResult, McpConnection } from '../client/index.ts';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import type { RunningServer } from '../runner/index.ts';
import { nearest } from '../spec/index.ts';
import type { Json } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import type { Waiting } from './types.ts';
import { launchOf, noteRun } from './launch.ts';

/**
 * Calls a tool of a registered server: the running one, else one started over stdio for this call.
 * @throws CrafterError NOT_FOUND for an unknown tool; SERVER_CALL_FAILED, TIMEOUT, SERVER_UNHEALTHY.
 */
export async function callTool(
  crafter: Crafter,
  record: ServerRecord,
  tool: string,
  args: { readonly [key: string]: Json },
  options: { readonly timeoutMs: number; readonly work: Waiting },
): Promise<CallResult> {
  if (!record.blueprint.tools.some(({ name }) => name === tool)) throw unknownTool(record, tool);
  const { timeoutMs, work } = options;
  const call = (connection: McpConnection): Promise<CallResult> =>
    connection.callTool(tool, args, {
      timeoutMs,
      signal: work.signal,
      onProgress: (done, total, message = `${done}${total === undefined ? '' : ` of ${total}`}`) =>
        work.progress({ stage: tool, fraction: total ? done / total : 0, message, at: new Date().toISOString() }),
    });
  const running = await crafter.fleet.connection(record.name);
  return running === undefined ? withOwnServer(crafter, record, work.signal, call) : call(running);
}

async function withOwnServer<T>(
  crafter: Crafter,
  record: ServerRecord,
  signal: AbortSignal,
  use: (connection: McpConnection) => Promise<T>,
): Promise<T> {
  const { startServer } = await import('../runner/index.ts');
  const held = crafter.holds.signal(record.name);
  const launch = await launchOf(crafter, record);
  const { sandbox } = await crafter.workshop();
  await noteRun(crafter, record.name, sandbox.kind);
  const server = await startServer(sandbox, {
    ...launch,
    signal: AbortSignal.any([signal, held]),
    onLog: (line) => crafter.fleet.logs.append(record.name, line),
  });
  try {
    const connection = await connect(endpointOf(server), { era: 'auto', signal });
    try {
      return await use(connection);
    } finally {
      await connection.close();
    }
  } finally {
    await server.stop(1000);
  }
}

function endpointOf({ stdin, stdout }: RunningServer): Parameters<typeof connect>[0] {
  if (stdin === undefined || stdout === undefined) throw new TypeError('a stdio server has standard streams');
  return { kind: 'stdio', stdin, stdout };
}

function unknownTool(record: ServerRecord, tool: string): CrafterError {
  const names = record.blueprint.tools.map(({ name }) => name);
  const near = nearest(tool, names);
  return new CrafterError('NOT_FOUND', `${record.name} has no tool named "${tool}".`, {
    hint: `${near === undefined ? '' : `Did you mean ${near}? `}Its tools: ${names.join(', ')}.`,
  });
}
