import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { connections, type ClientCertificate } from './connections.ts';
import { ToolError } from './errors.ts';
import { nodeHttp, nodeHttps } from './node-http.ts';

export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body?: Uint8Array;
  readonly signal: AbortSignal;
  readonly certificate?: ClientCertificate;
  /** The host's name may stand for an address of one's own network. */
  readonly ownNetwork: boolean;
}

/**
 * Sends one request and gives the answer as it comes, redirects too. Unlike the standard fetch it sends a body with any
 * method and a client certificate, and checks the very address that it connects to.
 */
export async function sendRequest({ url, method, headers, body, signal, ...to }: Outgoing): Promise<Response> {
  const secure = url.protocol === 'https:';
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sent = (secure ? nodeHttps() : nodeHttp()).request(url, {
    method,
    headers: fieldsOf(headers, body),
    signal,
    agent: connections(secure, to),
  });
  // Node writes every method in capitals unless told once more, before the first byte.
  sent.method = method;
  sent.once('response', resolve).once('error', reject);
  sent.end(body);
  return responseOf(await promise, method, signal);
}

/** Fields that belong to the connection, which a standard fetch lets nobody set (Fetch, forbidden request-header). */
const connectionFields = new Set(
  'connection content-length expect host keep-alive proxy-connection te trailer transfer-encoding upgrade'.split(' '),
);

/** What the standard fetch would send too. */
function fieldsOf(headers: Headers, body: Uint8Array | undefined): Record<string, string | number> {
  const fields: Record<string, string | number> = {
    accept: '*/*',
    'user-agent': 'node',
    'accept-encoding': 'gzip, deflate, br',
  };
  for (const [name, value] of headers) if (!connectionFields.has(name)) fields[name] = value;
  if (body !== undefined) fields['content-length'] = body.byteLength;
  return fields;
}

/** Most encodings of one answer that are undone; each costs memory. */
const mostEncodings = 5;

const bodiless = new Set([101, 103, 204, 205, 304]);

function responseOf(message: IncomingMessage, method: string, signal: AbortSignal): Response {
  const status = message.statusCode ?? 0;
  const headers = new Headers();
  for (let at = 0; at < message.rawHeaders.length; at += 2)
    headers.append(message.rawHeaders[at]!, message.rawHeaders[at + 1]!);
  if (bodiless.has(status) || method === 'HEAD') {
    message.resume();
    return new Response(null, { status, headers });
  }
  const stream = decompressed(message, headers.get('content-encoding'));
  // The signal ends the request; a body that is still read ends with it.
  signal.addEventListener('abort', () => stream.destroy(signal.reason as Error), { once: true });
  return new Response(Readable.toWeb(stream) as ReadableStream<Uint8Array>, { status, headers });
}

function decompressed(message: IncomingMessage, encoding: string | null): Readable {
  const steps = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .reverse();
  if (steps.length > mostEncodings) {
    message.destroy();
    throw new ToolError(`The answer is encoded ${steps.length} times over.`, 'The API is at fault: report it there.');
  }
  return steps.reduce<Readable>((stream, name) => {
    const step = decompressor(name);
    if (step === undefined) return stream;
    stream.once('error', (error) => step.destroy(error));
    // Who stops reading early wants the connection closed, too.
    step.once('close', () => stream.destroy());
    return stream.pipe(step);
  }, message);
}

function decompressor(name: string) {
  if (name === 'gzip' || name === 'x-gzip') return createGunzip();
  if (name === 'deflate') return createInflate();
  return name === 'br' ? createBrotliDecompress() : undefined;
}
