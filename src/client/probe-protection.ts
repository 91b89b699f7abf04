import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { ProtocolLook } from '../spec/index.ts';
import { endpointHeaders } from './fetch.ts';
import type { Endpoint } from './types.ts';
import { cases, message, tokenCases } from './protection-cases.ts';

type HttpEndpoint = Extract<Endpoint, { kind: 'http' }>;

const TIMEOUT_MS = 10_000;
/**
 * Whether an HTTP server lets the right request in and keeps out foreign Hosts and Origins and, when it has a token,
 * whoever lacks it. Never throws for what a server does.
 */
export async function probeHttpProtection(
  endpoint: HttpEndpoint,
  signal?: AbortSignal,
): Promise<readonly ProtocolLook[]> {
  const own = endpointHeaders(endpoint);
  const control = await statusOf(endpoint, own, signal);
  const open = typeof control === 'number' && control < 300;
  const looks: ProtocolLook[] = [
    look(
      'proper_request',
      open,
      `A proper request was answered with ${words(control)}.`,
      'Let requests with the right Host and token in.',
    ),
  ];
  for (const { name, what, headers, bare, remedy } of endpoint.token === undefined
    ? cases
    : [...cases, ...tokenCases]) {
    const { authorization: _, ...rest } = own;
    const status = await statusOf(endpoint, { ...(bare ? rest : own), ...headers }, signal);
    const allowed = bare ? [401, 403] : [400, 401, 403, 404, 421];
    const refused = open && typeof status === 'number' && allowed.includes(status);
    looks.push(look(name, refused, `A request with ${what} was answered with ${words(status)}.`, remedy));
  }
  return looks;
}

function look(name: string, passed: boolean, text: string, remedy: string): ProtocolLook {
  return { case: name, passed, severity: 'error', message: text, ...(passed ? {} : { remedy }) };
}

const words = (status: number | string): string => (typeof status === 'number' ? `HTTP ${status}` : status);

/** Sent by hand: fetch does not let anyone choose the Host. */
function statusOf(
  endpoint: HttpEndpoint,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<number | string> {
  const url = new URL(endpoint.url);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const outgoing = send(
      {
        ...(endpoint.socketPath === undefined
          ? { host: url.hostname, port: url.port }
          : { socketPath: endpoint.socketPath }),
        path: url.pathname + url.search,
        method: 'POST',
        headers: {
          host: url.host,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
        timeout: TIMEOUT_MS,
        ...(signal === undefined ? {} : { signal }),
      },
      (incoming) => {
        resolve(incoming.statusCode ?? 0);
        incoming.destroy();
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.on('error', (error) => resolve(error.message));
    outgoing.end(message);
  });
}
