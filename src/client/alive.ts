import { request } from 'node:http';
import { endpointHeaders, MAX_REPLY_BYTES } from './fetch.ts';
import { parseMessage } from './message.ts';
import { discovery } from './probe-2026-07-28.ts';
import type { Endpoint } from './types.ts';

type HttpEndpoint = Extract<Endpoint, { kind: 'http' }>;

/**
 * Asks a server who it is, with the one request that needs no session and has a short answer: for
 * watching many servers at next to no cost.
 * @throws Error when there is no result within the time.
 */
export function askAlive(endpoint: HttpEndpoint, timeoutMs: number): Promise<void> {
  const { message, headers } = discovery();
  const url = new URL(endpoint.url);
  return new Promise<void>((resolve, reject) => {
    const outgoing = request(url, {
      ...(endpoint.socketPath !== undefined && { socketPath: endpoint.socketPath }),
      method: 'POST',
      headers: {
        host: url.host,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...endpointHeaders(endpoint),
        ...headers,
      },
      agent: false,
    });
    // Unlike a signal's, its end costs nothing when the answer was in time.
    const late = setTimeout(() => outgoing.destroy(new Error('There was no answer in time.')), timeoutMs);
    outgoing.on('close', () => clearTimeout(late));
    outgoing.on('error', reject);
    outgoing.on('response', (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('error', reject);
      incoming.on('data', (part: string) => {
        text += part;
        if (text.length > MAX_REPLY_BYTES) incoming.destroy(new Error('The answer is too large.'));
      });
      incoming.on('end', () => {
        if (incoming.statusCode === 200 && parseMessage(text)?.result !== undefined) resolve();
        else reject(new Error(`server/discover was answered with HTTP ${incoming.statusCode}.`));
      });
    });
    outgoing.end(JSON.stringify(message));
  });
}
