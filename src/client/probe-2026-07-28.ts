import type { EraProbe, Probe } from './probe-kit.ts';
import { listAll } from './listing.ts';
import { describeReply, errorCode, resultOf } from './probe-kit.ts';

const VERSION = '2026-07-28';
const OLD = '1999-01-01';
const META = 'io.modelcontextprotocol/';
const METHOD_NOT_FOUND = -32601;
const UNSUPPORTED_VERSION = -32022;

interface Wire {
  readonly message: object;
  readonly headers: Record<string, string>;
}

/** A request with the envelope each one carries in this revision, and the headers that repeat it over HTTP. */
function wire(id: string, method: string, params: object = {}, version = VERSION): Wire {
  const envelope = {
    [`${META}protocolVersion`]: version,
    [`${META}clientInfo`]: { name: 'mcp-crafter-probe', version: '1' },
    [`${META}clientCapabilities`]: {},
  };
  return {
    message: { jsonrpc: '2.0', id, method, params: { ...params, _meta: envelope } },
    headers: { 'mcp-protocol-version': version, 'mcp-method': method },
  };
}

/** The request by which a server of this revision says who it is. */
export const discovery = (): Wire => wire('discover', 'server/discover');

/** server/discover, tools/list without a handshake, and the refusals, as the revision of 2026-07-28 has them. */
export async function probeModern(probe: Probe): Promise<Omit<EraProbe, 'looks'>> {
  const send = ({ message, headers }: Wire): ReturnType<Probe['send']> => probe.send(message, headers);
  const answer = await send(discovery());
  const result = resultOf(answer);
  const versions = Array.isArray(result?.['supportedVersions']) ? result['supportedVersions'] : [];
  const offered = versions.includes(VERSION);
  probe.look(
    'server/discover',
    offered,
    offered
      ? `server/discover offers ${VERSION}.`
      : `server/discover was answered with ${describeReply(answer)}${result === undefined ? '' : `, without ${VERSION}`}.`,
    `Answer server/discover with supportedVersions that hold ${VERSION}.`,
  );
  if (!offered || result === undefined) return { tools: [], listingBytes: 0 };
  const listing = await listAll(probe, (cursor, round) =>
    wire(`list-${round}-${cursor ?? ''}`, 'tools/list', cursor === undefined ? {} : { cursor }),
  );
  const unknown = await send(wire('unknown', 'no/such/method'));
  probe.look(
    'unknown_method',
    errorCode(unknown) === METHOD_NOT_FOUND,
    `An unknown method was answered with ${describeReply(unknown)}.`,
    `Answer unknown methods with error ${METHOD_NOT_FOUND}.`,
  );
  if (probe.http) await refusals(probe);
  const meta = result['_meta'] as Record<string, unknown> | undefined;
  return {
    ...listing,
    serverInfo: meta?.[`${META}serverInfo`],
    capabilities: result['capabilities'],
    instructions: result['instructions'],
  };
}

/** Over HTTP each request stands alone, and its headers must agree with its body. */
async function refusals(probe: Probe): Promise<void> {
  const old = wire('old', 'tools/list', {}, OLD);
  const answer = await probe.send(old.message, old.headers);
  probe.look(
    'unsupported_version',
    errorCode(answer) === UNSUPPORTED_VERSION,
    `A request in version ${OLD} was answered with ${describeReply(answer)}.`,
    `Answer versions you do not speak with error ${UNSUPPORTED_VERSION} and the list of those you do.`,
  );
  const { message, headers } = wire('mismatch', 'tools/list');
  const reply = await probe.send(message, { ...headers, 'mcp-method': 'tools/call' });
  const refused = typeof reply !== 'string' && reply.status === 400;
  probe.look(
    'header_mismatch',
    refused,
    `A request whose Mcp-Method header contradicts its body was answered with ${describeReply(reply)}.`,
    'Answer with HTTP 400 when headers and body disagree.',
  );
}
