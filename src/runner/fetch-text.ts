import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { CrafterError } from '../errors.ts';
import type { HostGrant } from '../spec/index.ts';
import { cut } from '../util/index.ts';
import { isPrivateName, judge, mayBeReached, normalizeHost } from './destination.ts';
import { proxyFor } from './environment-proxy.ts';

const MAX_REDIRECTS = 5;
const MAX_MS = 30_000;

export interface FetchTextOptions {
  /** Hosts that may be reached though they are private. Public ones need no grant: the user named the URL. */
  readonly hosts: readonly HostGrant[];
  readonly maxBytes: number;
  readonly signal?: AbortSignal;
  /** Longest time for all of it, redirects too (30 s). */
  readonly milliseconds?: number;
}

/**
 * Fetches a text for the user: each host is resolved once, checked, and connected to by that address; so is each host
 * that a redirect leads to. Where HTTP_PROXY or HTTPS_PROXY stand for a host, and NO_PROXY does not name it, the proxy looks
 * names up and is trusted with that check; what is private by the way it is written needs its grant even so. Nothing but the URL is sent. Answers with the text and the URL that it came from at last.
 * @throws CrafterError GRANT_REFUSED, INPUT_TOO_LARGE, INVALID_INPUT when there is no such text, TIMEOUT, CANCELLED.
 */
export async function fetchText(given: string, options: FetchTextOptions): Promise<{ text: string; url: string }> {
  const { milliseconds = MAX_MS } = options;
  const timeout = AbortSignal.timeout(milliseconds);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  let url = parsed(given);
  try {
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
      const response = await open(url, options.hosts, signal);
      const next = redirectOf(response, url);
      if (next === undefined) return { text: await bodyOf(response, url, options.maxBytes), url: url.href };
      response.destroy();
      url = next;
    }
  } catch (error) {
    if (error instanceof CrafterError) throw error;
    if (options.signal?.aborted === true)
      throw new CrafterError('CANCELLED', 'Fetching the document was cancelled.', { hint: 'Run the command again.' });
    if (timeout.aborted)
      throw new CrafterError('TIMEOUT', `${shown(url)} took more than ${milliseconds / 1000} s.`, {
        hint: 'Fetch the document yourself and give the file.',
      });
    throw unreachable(url, (error as NodeJS.ErrnoException).code ?? 'no answer');
  }
  throw unreachable(url, `more than ${MAX_REDIRECTS} redirects`);
}

function parsed(text: string): URL {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '') return url;
  throw new CrafterError(
    'INVALID_INPUT',
    `${cut(text.replace(/\/\/[^/@]*@/, '//'), 100)} is not an http or https URL without credentials.`,
    {
      hint: 'Fetch a document that needs a login yourself, and give the file.',
    },
  );
}

async function open(url: URL, granted: readonly HostGrant[], signal: AbortSignal): Promise<IncomingMessage> {
  const secure = url.protocol === 'https:';
  const host = normalizeHost(url.hostname);
  const port = Number(url.port || (secure ? 443 : 80));
  const named = granted.some((grant) => normalizeHost(grant.host) === host && grant.port === port && grant.private);
  const proxy = named ? undefined : proxyFor(url);
  const verdict =
    proxy === undefined
      ? await judge([...granted, { host, port, private: false }], { host, port })
      : isPrivateName(host)
        ? { refused: 'it lies in a private network by its name' }
        : { address: host };
  if ('refused' in verdict) throw refused(url, host, port, verdict.refused);
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? httpsRequest : httpRequest)({
      host: verdict.address,
      port,
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        accept: 'application/json, application/yaml, text/yaml, */*;q=0.5',
        'accept-encoding': 'identity',
        'user-agent': 'mcp-crafter',
      },
      setHost: false,
      agent: proxy ?? false,
      signal,
      ...(secure ? { servername: isIP(host) === 0 ? host : '' } : {}),
    });
    outgoing.on('response', resolve).on('error', reject).end();
  });
}

/** @throws CrafterError INVALID_INPUT for a redirect from https to http, which anybody on the way could have changed. */
function redirectOf(response: IncomingMessage, from: URL): URL | undefined {
  const { statusCode = 0, headers } = response;
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined;
  const next = parsed(URL.parse(headers.location, from.href)?.href ?? headers.location);
  if (from.protocol !== 'https:' || next.protocol === 'https:') return next;
  response.destroy();
  throw unreachable(from, 'it redirects from https to http');
}

async function bodyOf(response: IncomingMessage, url: URL, most: number): Promise<string> {
  const { statusCode = 0, headers } = response;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (statusCode !== 200 || encoding !== 'identity') {
    response.destroy();
    throw unreachable(url, statusCode === 200 ? `it answers in ${cut(encoding, 20)}` : `it answers ${statusCode}`);
  }
  if (Number(headers['content-length']) > most) {
    response.destroy();
    throw tooLarge(url, most);
  }
  let bytes = 0;
  const bounded = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > most) throw tooLarge(url, most);
      yield chunk;
    }
  };
  return readText(bounded() as unknown as NodeJS.ReadableStream);
}

/** Without its query, which may hold a key. */
const shown = (url: URL): string => cut(`${url.origin}${url.pathname}`, 200);

const refused = (url: URL, host: string, port: number, reason: string): CrafterError =>
  new CrafterError('GRANT_REFUSED', `${shown(url)} is not fetched: ${reason}.`, {
    hint: mayBeReached(host)
      ? `If you mean this address, say so: --allow-host ${host.includes(':') ? `[${host}]` : host}:${port}.`
      : 'Addresses of this kind are never reached; give the document as a file.',
  });

const unreachable = (url: URL, reason: string): CrafterError =>
  new CrafterError('INVALID_INPUT', `The document at ${shown(url)} cannot be fetched: ${reason}.`, {
    hint: 'Check the URL, or fetch the document yourself and give the file.',
  });

const tooLarge = (url: URL, most: number): CrafterError =>
  new CrafterError('INPUT_TOO_LARGE', `The document at ${shown(url)} is larger than ${most / 1024 / 1024} MB.`, {
    hint: 'Give the part of the API that the server needs as a document of its own.',
  });
