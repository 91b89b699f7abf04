import { request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream';
import { normalizeHost } from './destination.ts';
import type { Gate } from './egress.ts';

/** Headers that belong to one hop (RFC 9110, 7.6.1). */
const hopHeaders = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

export async function forward(gate: Gate, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = URL.parse(request.url ?? '');
  if (url === null || url.protocol !== 'http:') return refuse(response, 400, 'only absolute http URLs are carried');
  const destination = { host: normalizeHost(url.hostname), port: Number(url.port || 80) };
  const verdict = await gate.open(destination);
  if ('refused' in verdict) return refuse(response, 403, verdict.refused);
  const headers = endToEnd(request).filter(([name]) => name !== 'host');
  const outgoing = httpRequest({
    host: verdict.address,
    port: destination.port,
    method: request.method,
    path: url.pathname + url.search,
    headers: {
      ...Object.fromEntries(headers),
      host: url.host,
      // Else the body of a GET would follow its headers without a frame, and be read as another request.
      ...(request.headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' }),
    },
    setHost: false,
    agent: false,
  });
  outgoing.on('socket', gate.follow);
  outgoing.on('response', (incoming) => {
    // What is thrown here, for a status that is none, would end this process.
    try {
      response.writeHead(incoming.statusCode ?? 502, Object.fromEntries(endToEnd(incoming)));
    } catch {
      outgoing.destroy();
      return refuse(response, 502, 'the host answered with what is no HTTP');
    }
    pipeline(incoming, response, () => {});
  });
  outgoing.on('error', () =>
    response.headersSent ? response.destroy() : refuse(response, 502, 'the host did not answer'),
  );
  response.on('close', () => outgoing.destroy());
  pipeline(request, outgoing, () => {});
}

/** Headers that are meant for the other end: none of one hop, nor any that Connection names but the one that frames a body. */
function endToEnd({ headers, headersDistinct }: IncomingMessage): [string, string[]][] {
  const named = new Set(headers.connection?.toLowerCase().split(/[\s,]+/));
  named.delete('content-length');
  return Object.entries(headersDistinct).flatMap(([name, values]) =>
    hopHeaders.has(name) || named.has(name) || values === undefined ? [] : [[name, values]],
  );
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(`${reason}\n`);
}
