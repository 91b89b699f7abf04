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
  const headers = Object.entries(request.headersDistinct).filter(([name]) => !hopHeaders.has(name) && name !== 'host');
  const outgoing = httpRequest({
    host: verdict.address,
    port: destination.port,
    method: request.method,
    path: url.pathname + url.search,
    headers: { ...Object.fromEntries(headers), host: url.host },
    setHost: false,
    agent: false,
  });
  outgoing.on('response', (incoming) => {
    const kept = Object.entries(incoming.headersDistinct).filter(([name]) => !hopHeaders.has(name));
    response.writeHead(incoming.statusCode ?? 502, Object.fromEntries(kept) as Record<string, string[]>);
    pipeline(incoming, response, () => {});
  });
  outgoing.on('error', () =>
    response.headersSent ? response.destroy() : refuse(response, 502, 'the host did not answer'),
  );
  response.on('close', () => outgoing.destroy());
  pipeline(request, outgoing, () => {});
}

function refuse(response: ServerResponse, status: number, reason: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' }).end(`${reason}\n`);
}
