import { rmSync } from 'node:fs';
import {
  createMcpHandler,
  isLegacyRequest,
  localhostAllowedHostnames,
  localhostAllowedOrigins,
  type Server,
  type ServerEventBus,
} from '@modelcontextprotocol/server';
import { hostHeaderValidation, originValidation, toNodeHandler } from '@modelcontextprotocol/node';
import { bearerGuard } from './bearer-token.ts';
import { serveSessions } from './http-sessions.ts';
import { log } from './logging.ts';
import { nodeHttp } from './node-http.ts';
import type { Serving } from './start.ts';

export interface HttpOptions {
  /** Unix socket to listen on instead of a port. */
  readonly socket?: string;
  readonly host: string;
  readonly port: number;
  /** Bearer token each request must carry; one is made up and logged when absent. */
  readonly token?: string;
  readonly maxMessageBytes: number;
  /** Where a server whose lists change says so, for clients of the newer era that listen. */
  readonly bus?: ServerEventBus;
}

const endpoint = '/mcp';
/** Of an idle connection: longer than clients and proxies keep theirs, so that none sends into one that is just closed. */
const keepAliveMs = 75_000;

/** Serves any number of clients of both eras at /mcp: the newer one per request, the older one in sessions. */
export async function serveHttp(factory: () => Server, options: HttpOptions): Promise<Serving> {
  const { host, port, socket, maxMessageBytes, bus } = options;
  const onerror = (error: Error) => log.debug('protocol error', { error });
  const modern = createMcpHandler(factory, { legacy: 'reject', onerror, maxRequestBodySize: maxMessageBytes, bus });
  const sessions = serveSessions(factory, maxMessageBytes);
  const handle = toNodeHandler(
    { fetch: (request) => route(request, modern.fetch, sessions.fetch) },
    { onerror, maxRequestBodySize: maxMessageBytes },
  );
  const hostAllowed = hostHeaderValidation([...localhostAllowedHostnames(), host]);
  const originAllowed = originValidation([...localhostAllowedOrigins(), host]);
  const authorized = bearerGuard(options.token);

  const http = nodeHttp().createServer((request, response) => {
    if (!hostAllowed(request, response) || !originAllowed(request, response) || !authorized(request, response)) return;
    if (URL.parse(request.url ?? '/', 'http://localhost')?.pathname !== endpoint)
      return void response.writeHead(404).end();
    void handle(request, response);
  });
  http.keepAliveTimeout = keepAliveMs;
  const listening = Promise.withResolvers<void>();
  http.once('error', listening.reject).once('listening', listening.resolve);
  if (socket) http.listen(replaceSocket(socket));
  else http.listen(port, host);
  await listening.promise;
  const address = http.address();
  log.info('listening', {
    url: typeof address === 'object' ? `http://${host}:${address?.port}${endpoint}` : `unix:${socket}`,
  });

  const closed = Promise.withResolvers<void>();
  http.once('close', closed.resolve);
  return {
    closed: closed.promise,
    async close() {
      http.close();
      await Promise.all([modern.close(), sessions.close()]);
      http.closeAllConnections();
      await closed.promise;
    },
  };
}

type Fetch = (request: Request, options?: { parsedBody?: unknown }) => Promise<Response>;

/** Reads the body once and hands it to the era that it speaks. */
async function route(request: Request, modern: Fetch, legacy: Fetch): Promise<Response> {
  if (request.method !== 'POST') return legacy(request);
  const parsedBody: unknown = await request.json().catch(() => undefined);
  if (parsedBody === undefined) {
    return Response.json(
      { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'Parse error: the body is no JSON' } },
      { status: 400 },
    );
  }
  return (await isLegacyRequest(request, parsedBody))
    ? legacy(request, { parsedBody })
    : modern(request, { parsedBody });
}

/** A socket file that an earlier process left behind would keep this one from listening. */
function replaceSocket(path: string): string {
  rmSync(path, { force: true });
  return path;
}
