import type { EraProbe, Probe } from './probe-kit.ts';
import { listAll } from './listing.ts';
import { describeReply, errorCode, resultOf } from './probe-kit.ts';

const VERSION = '2025-11-25';
const METHOD_NOT_FOUND = -32601;

/** initialize, initialized, ping, tools/list and an unknown method, as the revision of 2025-11-25 has them. */
export async function probeLegacy(probe: Probe): Promise<Omit<EraProbe, 'looks'>> {
  const opening = await probe.send({
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: VERSION, capabilities: {}, clientInfo: { name: 'mcp-crafter-probe', version: '1' } },
  });
  const result = resultOf(opening);
  const complete =
    result?.['protocolVersion'] === VERSION && isObject(result['capabilities']) && isObject(result['serverInfo']);
  probe.look(
    'initialize',
    complete,
    complete
      ? `initialize agrees on ${VERSION}.`
      : `initialize was answered with ${result === undefined ? describeReply(opening) : `version ${String(result['protocolVersion'])}`}.`,
    `Answer initialize with protocolVersion ${VERSION}, capabilities and serverInfo.`,
  );
  if (result === undefined || typeof opening === 'string') return { tools: [], listingBytes: 0 };
  const session = opening.headers?.get('mcp-session-id');
  const headers = { 'mcp-protocol-version': VERSION, ...(session ? { 'mcp-session-id': session } : {}) };
  await initialized(probe, headers);
  const pong = await probe.send({ jsonrpc: '2.0', id: 2, method: 'ping' }, headers);
  probe.look(
    'ping',
    resultOf(pong) !== undefined,
    `ping was answered with ${describeReply(pong)}.`,
    'Answer ping with an empty result.',
  );
  const listing = await listAll(probe, (cursor, round) => ({
    message: {
      jsonrpc: '2.0',
      id: `list-${round}-${cursor ?? ''}`,
      method: 'tools/list',
      params: cursor === undefined ? {} : { cursor },
    },
    headers,
  }));
  const unknown = await probe.send({ jsonrpc: '2.0', id: 3, method: 'no/such/method' }, headers);
  probe.look(
    'unknown_method',
    errorCode(unknown) === METHOD_NOT_FOUND,
    `An unknown method was answered with ${describeReply(unknown)}.`,
    `Answer unknown methods with error ${METHOD_NOT_FOUND}.`,
  );
  return {
    ...listing,
    serverInfo: result['serverInfo'],
    capabilities: result['capabilities'],
    instructions: result['instructions'],
  };
}

async function initialized(probe: Probe, headers: Readonly<Record<string, string>>): Promise<void> {
  const reply = await probe.send({ jsonrpc: '2.0', method: 'notifications/initialized' }, headers);
  if (!probe.http) return;
  const accepted = typeof reply !== 'string' && reply.status === 202;
  probe.look(
    'notification',
    accepted,
    `A notification was answered with ${describeReply(reply)}.`,
    'Answer notifications with HTTP 202 and no body.',
  );
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
