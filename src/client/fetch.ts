import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import type { Endpoint } from './types.ts';

type HttpEndpoint = Extract<Endpoint, { kind: 'http' }>;
type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** Most that is taken of one answer, or of one event of a stream. */
export const MAX_REPLY_BYTES = 10 * 1024 * 1024;

/** The fetch for an endpoint, over TCP or a unix socket; an answer larger than 10 MB ends in an error. */
export function endpointFetch(endpoint: HttpEndpoint): Fetch {
  const plain: Fetch =
    endpoint.socketPath === undefined
      ? fetch
      : (url, init) => socketFetch(endpoint.socketPath as string, new URL(url), init);
  return async (url, init) => bounded(await plain(url, init));
}

/** Headers that go with every request: the bearer token and what the endpoint asks for. */
export function endpointHeaders(endpoint: HttpEndpoint): Record<string, string> {
  return {
    ...(endpoint.token === undefined ? {} : { authorization: `Bearer ${endpoint.token}` }),
    ...endpoint.headers,
  };
}

function socketFetch(socketPath: string, url: URL, init: RequestInit = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      {
        socketPath,
        method: init.method ?? 'GET',
        path: url.pathname + url.search,
        headers: { host: url.host, ...Object.fromEntries(new Headers(init.headers)) },
        ...(init.signal ? { signal: init.signal } : {}),
      },
      (incoming) => {
        // What is thrown here would end this process.
        try {
          resolve(responseOf(incoming, init.method));
        } catch (cause) {
          outgoing.destroy();
          reject(new Error(`The server answered with what is no HTTP, status ${incoming.statusCode}.`, { cause }));
        }
      },
    );
    outgoing.on('error', reject);
    outgoing.end(typeof init.body === 'string' ? init.body : undefined);
  });
}

/** Statuses whose answers have no body (Fetch standard, null body status). */
const bodiless = new Set([204, 205, 304]);

/** @throws RangeError for a status that is none (beyond 200 to 599). */
function responseOf(incoming: IncomingMessage, method: string | undefined): Response {
  const status = incoming.statusCode ?? 502;
  const headers = new Headers();
  for (const [name, values] of Object.entries(incoming.headersDistinct))
    for (const value of values ?? []) headers.append(name, value);
  if (!bodiless.has(status) && method !== 'HEAD')
    return new Response(Readable.toWeb(incoming) as ReadableStream, { status, headers });
  incoming.resume();
  return new Response(null, { status, headers });
}

function bounded(response: Response): Response {
  if (response.body === null) return response;
  const events = response.headers.get('content-type')?.includes('text/event-stream') === true;
  let size = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      size += chunk.length;
      if (size > MAX_REPLY_BYTES) controller.error(new Error(`The answer is larger than ${MAX_REPLY_BYTES} bytes.`));
      else controller.enqueue(chunk);
      if (events && Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length).includes('\n\n')) size = 0;
    },
  });
  const { status, statusText, headers } = response;
  return new Response(response.body.pipeThrough(counter), { status, statusText, headers });
}
