import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from './errors.ts';
import { takeTurn, type Rate } from './rate.ts';

export interface FetchLimits {
  /**
   * `host:port` pairs this server may reach, with those of MCP_HOSTS (separated by commas) beside them;
   * a host may start with `*.` for one level of subdomains.
   */
  readonly hosts: readonly string[];
  /** Requests allowed per window, retries included. */
  readonly calls?: Rate;
  /** How often a failed request is tried again (2). */
  readonly retries?: number;
}

/** What a request may carry beside the standard's own. */
export interface LimitedInit extends RequestInit {
  /** Client certificate and its key, as PEM texts. */
  readonly certificate?: { readonly cert: string; readonly key: string };
}

const maxRedirects = 5;
/** A longer Retry-After is the caller's to wait for. */
const maxWaitSeconds = 30;
const harmlessHeaders = new Set([
  'accept',
  'accept-language',
  'content-length',
  'content-type',
  'idempotency-key',
  'range',
  'user-agent',
]);
const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE']);

/** A fetch within the server's limits; one for all calls, so that the rate holds for the server as a whole. */
export function limitFetch(given: FetchLimits): (signal: AbortSignal) => typeof fetch {
  const more = (process.env['MCP_HOSTS'] ?? '').split(',').map((host) => host.trim());
  const limits = { ...given, hosts: [...given.hosts, ...more.filter((host) => host !== '')] };
  return (signal) => async (input, init) => {
    const request = new Request(input, init);
    const bounded = new Request(request, { signal: AbortSignal.any([signal, request.signal]), redirect: 'manual' });
    return followRedirects(bounded, request.redirect, limits);
  };
}

async function followRedirects(first: Request, mode: Request['redirect'], limits: FetchLimits): Promise<Response> {
  let request = first;
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const spare = request.clone();
    const response = await fetchWithRetries(request, limits);
    const location = response.headers.get('location');
    if (mode === 'manual' || location === null || ![301, 302, 303, 307, 308].includes(response.status)) return response;
    await response.body?.cancel();
    if (mode === 'error')
      throw new ToolError(`${request.url} redirects to another place.`, 'Use the address it redirects to.');
    request = redirected(spare, new URL(location, request.url), response.status);
  }
  throw new ToolError(`${first.url} redirects more than ${maxRedirects} times.`, 'Use the address it leads to.');
}

function redirected(request: Request, url: URL, status: number): Request {
  const dropsBody = status === 303 || (status < 303 && request.method === 'POST');
  const method = dropsBody && request.method !== 'HEAD' ? 'GET' : request.method;
  const { headers, signal, body } = request;
  const kept = new Headers(headers);
  // Credentials were meant for the first origin only, and any header may be one: X-Api-Key, PRIVATE-TOKEN, …
  if (new URL(request.url).origin !== url.origin)
    for (const name of headers.keys()) if (!harmlessHeaders.has(name)) kept.delete(name);
  if (dropsBody) for (const name of ['content-type', 'content-length']) kept.delete(name);
  return new Request(url, {
    method,
    headers: kept,
    signal,
    redirect: 'manual',
    ...(!dropsBody && body ? { body, duplex: 'half' } : {}),
  });
}

async function fetchWithRetries(request: Request, limits: FetchLimits): Promise<Response> {
  checkHost(new URL(request.url), limits.hosts);
  const retries = limits.retries ?? 2;
  for (let attempt = 0; ; attempt++) {
    if (limits.calls) await takeTurn(limits.calls, request.signal);
    const last = attempt >= retries;
    const outcome = await fetch(last ? request : request.clone()).catch((error: unknown) => error as Error);
    if (outcome instanceof Error) request.signal.throwIfAborted();
    const seconds = last ? undefined : waitSeconds(outcome, isRepeatable(request), attempt);
    if (seconds === undefined) {
      if (outcome instanceof Response) return counted(outcome, attempt + 1);
      throw unreachable(new URL(request.url), outcome);
    }
    if (outcome instanceof Response) await outcome.body?.cancel();
    await sleep(seconds * 1000, undefined, { signal: request.signal });
  }
}

const tries = new WeakMap<Response, number>();

/** How often a request was sent until this answer came. */
export function triesOf(response: Response): number {
  return tries.get(response) ?? 1;
}

function counted(response: Response, count: number): Response {
  tries.set(response, count);
  return response;
}

/** An idempotency key makes any request safe to repeat. */
function isRepeatable(request: Request): boolean {
  return safeMethods.has(request.method) || request.headers.has('idempotency-key');
}

/** Seconds to wait before another attempt, or undefined when there is to be none. */
function waitSeconds(outcome: Response | Error, repeatable: boolean, attempt: number): number | undefined {
  const backoff = 0.25 * 2 ** attempt;
  if (outcome instanceof Error) return repeatable && outcome.name !== 'AbortError' ? backoff : undefined;
  const refused = outcome.status === 429 || outcome.status === 503;
  if (!refused && !(outcome.status >= 500 && repeatable)) return undefined;
  const seconds = retryAfter(outcome.headers.get('retry-after')) ?? backoff;
  return seconds <= maxWaitSeconds ? seconds : undefined;
}

/** Seconds of a Retry-After header: a number or a date (RFC 9110, 10.2.3). */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function checkHost(url: URL, hosts: readonly string[]): void {
  const port = url.port || (url.protocol === 'http:' ? '80' : '443');
  const parent = url.hostname.slice(url.hostname.indexOf('.') + 1);
  const granted = hosts.includes(`${url.hostname}:${port}`) || hosts.includes(`*.${parent}:${port}`);
  if (granted && /^https?:$/.test(url.protocol)) return;
  throw new ToolError(
    `${url.hostname}:${port} is not among the hosts this server may reach.`,
    hosts.length > 0
      ? `It may reach ${hosts.join(', ')}.`
      : 'It may reach none: grant it the host, or set MCP_HOSTS where it runs alone.',
  );
}

function unreachable(url: URL, error: Error): ToolError {
  const cause = error.cause as { code?: string; message?: string } | undefined;
  return new ToolError(
    `${url.host} could not be reached: ${cause?.code ?? cause?.message ?? error.message}.`,
    'Try again later.',
  );
}
