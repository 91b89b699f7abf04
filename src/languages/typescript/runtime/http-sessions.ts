import { randomUUID } from 'node:crypto';
import {
  WebStandardStreamableHTTPServerTransport,
  isInitializeRequest,
  type Server,
} from '@modelcontextprotocol/server';

const maxSessions = 200;
const idleMs = 30 * 60 * 1000;

interface Session {
  readonly transport: WebStandardStreamableHTTPServerTransport;
  usedAt: number;
}

/** Sessions of clients of the 2025 era: one protocol server each, forgotten when closed, idle or too many. */
export function serveSessions(factory: () => Server, maxRequestBodySize: number) {
  const sessions = new Map<string, Session>();
  const sweep = setInterval(() => drop(sessions, (session) => session.usedAt < Date.now() - idleMs), 60_000).unref();

  async function open(): Promise<WebStandardStreamableHTTPServerTransport> {
    while (sessions.size >= maxSessions) await closeOldest(sessions);
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      enableJsonResponse: false,
      maxRequestBodySize,
      onsessioninitialized: (id) => void sessions.set(id, { transport, usedAt: Date.now() }),
      onsessionclosed: (id) => void sessions.delete(id),
    });
    await factory().connect(transport);
    return transport;
  }

  return {
    async fetch(request: Request, options?: { parsedBody?: unknown }): Promise<Response> {
      const id = request.headers.get('mcp-session-id');
      if (id === null && isInitialize(options?.parsedBody)) return (await open()).handleRequest(request, options);
      const session = id === null ? undefined : sessions.get(id);
      if (session === undefined) return refusal(id);
      session.usedAt = Date.now();
      // Moves it to the end: the first of the map is the one not used for longest.
      sessions.delete(id!);
      sessions.set(id!, session);
      return session.transport.handleRequest(request, options);
    },
    async close(): Promise<void> {
      clearInterval(sweep);
      await drop(sessions, () => true);
    },
  };
}

function isInitialize(body: unknown): boolean {
  return (Array.isArray(body) ? body : [body]).some((message) => isInitializeRequest(message));
}

function refusal(id: string | null): Response {
  const [status, message] = id === null ? [400, 'Bad Request: start with initialize'] : [404, 'Session not found'];
  return Response.json(
    { jsonrpc: '2.0', id: null, error: { code: id === null ? -32_000 : -32_001, message } },
    { status: status as number },
  );
}

async function drop(sessions: Map<string, Session>, unwanted: (session: Session) => boolean): Promise<void> {
  for (const [id, session] of sessions) {
    if (!unwanted(session)) continue;
    sessions.delete(id);
    await session.transport.close().catch(() => undefined);
  }
}

async function closeOldest(sessions: Map<string, Session>): Promise<void> {
  const [oldest] = sessions.values();
  await drop(sessions, (session) => session === oldest);
}
