import { setTimeout as sleep } from 'node:timers/promises';
import type { ClientCertificate } from './connections.ts';
import { ToolError } from './errors.ts';
import { isOwnNetwork } from './own-network.ts';
import { takeTurn, type Rate } from './rate.ts';
import { isUntrusted, secondsToWait } from './retry.ts';
import { sendRequest, type Outgoing } from './send-request.ts';

export interface FetchLimits {
  /** The server's name, for advice on what to grant it. */
  readonly server?: string;
  /**
   * `host:port` pairs this server may reach, with those of MCP_HOSTS (separated by commas) beside them;
   * a host may start with `*.` for one level of subdomains.
   */
  readonly hosts: readonly string[];
  /** Those of them whose names may stand for private addresses. */
  readonly privateHosts?: readonly string[];
  /** Requests allowed per window, retries included. */
  readonly calls?: Rate;
  /** How often a failed request is tried again (2). */
  readonly retries?: number;
}

/** What a request may carry beside the standard's own; a body may go with any method. */
export interface LimitedInit extends RequestInit {
  readonly certificate?: ClientCertificate;
}

type Request = Omit<Outgoing, 'ownNetwork'>;

const maxRedirects = 5;
const harmlessHeaders = new Set([
  'accept',
  'accept-language',
  'content-length',
  'content-type',
  'idempotency-key',
  'range',
  'user-agent',
]);

/** A fetch within the server's limits; one for all calls, so that the rate holds for the server as a whole. */
export function limitFetch(given: FetchLimits): (signal: AbortSignal) => typeof fetch {
  // Who sets the variable says so: these may lie in one's own network.
  const more = (process.env['MCP_HOSTS'] ?? '').split(',').flatMap((host) => host.trim() || []);
  const limits = {
    ...given,
    hosts: [...given.hosts, ...more],
    privateHosts: [...(given.privateHosts ?? []), ...more],
  };
  return (signal) => async (input, init) => {
    const request = await requestOf(input, init, signal);
    return followRedirects(request, init?.redirect ?? (input instanceof Request ? input.redirect : 'follow'), limits);
  };
}

async function requestOf(
  input: string | URL | globalThis.Request,
  init: LimitedInit | undefined,
  callSignal: AbortSignal,
): Promise<Request> {
  const { method = 'GET', body, headers, certificate } = init ?? {};
  const isPlain = body === undefined || body === null || typeof body === 'string' || body instanceof Uint8Array;
  if (input instanceof Request || !isPlain) return standardRequest(new Request(input, init), callSignal);
  const kept = new Headers(headers);
  if (typeof body === 'string' && !kept.has('content-type')) kept.set('content-type', 'text/plain;charset=UTF-8');
  return {
    url: new URL(input),
    method: asSent(method),
    headers: kept,
    signal: init?.signal ? AbortSignal.any([callSignal, init.signal]) : callSignal,
    ...(body && { body: typeof body === 'string' ? Buffer.from(body) : body }),
    ...(certificate && { certificate }),
  };
}

/** The usual methods in capitals; others as they are (RFC 9110, 9.1: a method is case-sensitive). */
function asSent(method: string): string {
  return /^(?:get|put|post|delete|options|head|patch|trace|query)$/i.test(method) ? method.toUpperCase() : method;
}

/** Bodies of other kinds and whole requests, read by the standard's own rules. */
async function standardRequest(request: globalThis.Request, callSignal: AbortSignal): Promise<Request> {
  const { url, method, headers, signal } = request;
  const body = request.body === null ? undefined : new Uint8Array(await request.arrayBuffer());
  return { url: new URL(url), method, headers, signal: AbortSignal.any([callSignal, signal]), ...(body && { body }) };
}

async function followRedirects(
  first: Request,
  mode: globalThis.Request['redirect'],
  limits: FetchLimits,
): Promise<Response> {
  let request = first;
  for (let hops = 0; hops <= maxRedirects; hops++) {
    const response = await fetchWithRetries(request, limits);
    const location = response.headers.get('location');
    if (mode === 'manual' || location === null || ![301, 302, 303, 307, 308].includes(response.status)) return response;
    await response.body?.cancel();
    if (mode === 'error' || !URL.canParse(location, request.url.href))
      throw new ToolError(`${placeOf(request.url)} redirects to another place.`, 'Use the address it redirects to.');
    request = redirected(request, new URL(location, request.url), response.status);
  }
  throw new ToolError(
    `${placeOf(first.url)} redirects more than ${maxRedirects} times.`,
    'Use the address it leads to.',
  );
}

/** An address without its query, which may hold a key. */
function placeOf({ origin, pathname }: URL): string {
  return origin + pathname;
}

function redirected({ certificate, body, ...request }: Request, url: URL, status: number): Request {
  const dropsBody = status === 303 || (status < 303 && request.method === 'POST');
  const method = dropsBody && request.method !== 'HEAD' ? 'GET' : request.method;
  const headers = new Headers(request.headers);
  const sameOrigin = request.url.origin === url.origin;
  // Credentials were meant for the first origin only, and any header may be one: X-Api-Key, PRIVATE-TOKEN, …
  if (!sameOrigin) for (const name of request.headers.keys()) if (!harmlessHeaders.has(name)) headers.delete(name);
  if (dropsBody) for (const name of ['content-type', 'content-length']) headers.delete(name);
  return {
    ...request,
    url,
    method,
    headers,
    ...(!dropsBody && body && { body }),
    ...(sameOrigin && certificate && { certificate }),
  };
}

async function fetchWithRetries(request: Request, limits: FetchLimits): Promise<Response> {
  const ownNetwork = checkHost(request.url, limits);
  const retries = limits.retries ?? 2;
  for (let attempt = 0; ; attempt++) {
    if (limits.calls) await takeTurn(limits.calls, request.signal);
    const outcome = await sendRequest({ ...request, ownNetwork }).catch((error: unknown) => error as Error);
    if (outcome instanceof Error) request.signal.throwIfAborted();
    const seconds = attempt >= retries ? undefined : secondsToWait(outcome, request, attempt);
    if (seconds === undefined) {
      if (outcome instanceof Response) return counted(outcome, attempt + 1);
      throw unreachable(request.url, outcome);
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

/** Whether a granted host may lie in one's own network. @throws ToolError when it is not granted. */
function checkHost(url: URL, { server, hosts, privateHosts = [] }: FetchLimits): boolean {
  if (url.username !== '' || url.password !== '')
    throw new ToolError(`The address of ${url.host} holds a user name or password.`, 'Leave credentials out of it.');
  const port = url.port || (url.protocol === 'http:' ? '80' : '443');
  const parent = url.hostname.slice(url.hostname.indexOf('.') + 1);
  const isIn = (list: readonly string[]) =>
    list.includes(`${url.hostname}:${port}`) || list.includes(`*.${parent}:${port}`);
  if (isIn(hosts) && /^https?:$/.test(url.protocol)) return isIn(privateHosts) || isOwnNetwork(url.hostname);
  throw new ToolError(
    `${url.hostname}:${port} is not among the hosts this server may reach.`,
    `It may reach ${hosts.length > 0 ? hosts.join(', ') : 'none'}. ${wayToAllow(`${url.hostname}:${port}`, server)}`,
  );
}

/** For the one who runs the server. Nothing is suggested that a shell could read as more than a host. */
function wayToAllow(place: string, server: string | undefined): string {
  if (!/^[\w.-]+:\d+$/.test(place)) return 'Grant it the host, or set MCP_HOSTS where it runs alone.';
  const update = server === undefined ? 'grant it' : `mcp-crafter update ${server} --allow-host ${place}`;
  return `To allow it: ${update}; where it runs alone, MCP_HOSTS=${place}.`;
}

function unreachable(url: URL, error: Error): ToolError {
  if (error instanceof ToolError) return error;
  const { code } = error as NodeJS.ErrnoException;
  // What a proxy says stands after the line that names it.
  const said = code === 'ERR_PROXY_TUNNEL' ? error.message.replace(/^.*HTTP\/1\.\d /, 'the proxy answered ') : code;
  return new ToolError(`${url.host} could not be reached: ${said ?? error.message}.`, wayOn(code));
}

function wayOn(code: string | undefined): string {
  if (!isUntrusted(code)) return 'Try again later.';
  return 'No authority known here vouches for its certificate. Where that is right, set NODE_EXTRA_CA_CERTS to the PEM file of its authority, in a folder that this server is granted, and start it anew.';
}
