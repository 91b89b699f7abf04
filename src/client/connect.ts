import type { Client, Transport } from '@modelcontextprotocol/client';
import type { Json, ServerTool } from '../spec/index.ts';
import { clientError } from './failure.ts';
import { endpointFetch, endpointHeaders } from './fetch.ts';
import { streamTransport } from './stream-transport.ts';
import type { CallResult, ConnectOptions, Endpoint, McpConnection } from './types.ts';

const CONNECT_MS = 20_000;
const CALL_MS = 60_000;
const CLOSE_MS = 2000;

/**
 * Opens a connection to a server. Answers are handed on as the server gave them: they are not held against its
 * output schemas, for that is for verification to judge.
 * @throws CrafterError SERVER_UNHEALTHY when no common protocol is found, TIMEOUT, CANCELLED.
 */
export async function connect(endpoint: Endpoint, options: ConnectOptions = {}): Promise<McpConnection> {
  const { Client } = await import('@modelcontextprotocol/client');
  const { era = 'auto', signal, timeoutMs = CONNECT_MS, onNoise } = options;
  const mode = era === 'auto' ? 'auto' : era === '2025-11-25' ? 'legacy' : { pin: era };
  const client = new Client(
    { name: 'mcp-crafter', version: '1' },
    { versionNegotiation: { mode }, jsonSchemaValidator: acceptAll, listMaxPages: 100 },
  );
  try {
    await untilAborted(client.connect(await openTransport(endpoint, onNoise), { timeout: timeoutMs }), signal);
  } catch (error) {
    await close(client);
    throw clientError(error, 'Connecting to the server', 'SERVER_UNHEALTHY', signal);
  }
  return connection(client);
}

/** The library's own negotiation does not look at a signal. */
async function untilAborted(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  const aborted = Promise.withResolvers<never>();
  const onAbort = (): void => aborted.reject(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted === true) onAbort();
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}

const acceptAll = {
  getValidator: () => (input: unknown) => ({ valid: true as const, data: input as never, errorMessage: undefined }),
};

async function openTransport(endpoint: Endpoint, onNoise: ConnectOptions['onNoise']): Promise<Transport> {
  if (endpoint.kind === 'stdio') return streamTransport(endpoint.stdin, endpoint.stdout, onNoise);
  const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  return new StreamableHTTPClientTransport(new URL(endpoint.url), {
    fetch: endpointFetch(endpoint),
    requestInit: { headers: endpointHeaders(endpoint) },
  });
}

function connection(client: Client): McpConnection {
  const info = client.getServerVersion();
  return {
    era: client.getNegotiatedProtocolVersion() ?? '',
    serverInfo: { name: info?.name ?? '', version: info?.version ?? '' },
    capabilities: client.getServerCapabilities() ?? {},
    async listTools() {
      try {
        const { tools } = await client.listTools(undefined, { timeout: CALL_MS, cacheMode: 'refresh' });
        return tools as unknown as ServerTool[];
      } catch (error) {
        throw clientError(error, 'Listing the tools', 'SERVER_CALL_FAILED');
      }
    },
    callTool: (name, args, options) => callTool(client, name, args, options),
    async readResource(uri) {
      try {
        const { contents } = await client.readResource({ uri }, { timeout: CALL_MS });
        return contents.map((content) => ('text' in content ? content.text : '')).join('');
      } catch (error) {
        throw clientError(error, `Reading ${uri}`, 'SERVER_CALL_FAILED');
      }
    },
    close: () => close(client),
  };
}

async function callTool(
  client: Client,
  name: string,
  args: { readonly [key: string]: Json },
  { signal, timeoutMs = CALL_MS, onProgress }: NonNullable<Parameters<McpConnection['callTool']>[2]> = {},
): Promise<CallResult> {
  try {
    const result = await client.callTool(
      { name, arguments: { ...args } },
      {
        timeout: timeoutMs,
        ...(signal === undefined ? {} : { signal }),
        ...(onProgress === undefined
          ? {}
          : { onprogress: ({ progress, total, message }: Progress) => onProgress(progress, total, message) }),
      },
    );
    return result as unknown as CallResult;
  } catch (error) {
    throw clientError(error, `The call of ${name}`, 'SERVER_CALL_FAILED', signal);
  }
}

interface Progress {
  progress: number;
  total?: number | undefined;
  message?: string | undefined;
}

/** Ends a server's session where there is one, and never waits long for it. */
async function close(client: Client): Promise<void> {
  const transport = client.transport as
    | (Transport & { terminateSession?(): Promise<void>; sessionId?: string })
    | undefined;
  if (transport?.sessionId !== undefined && transport.terminateSession !== undefined) {
    await Promise.race([
      transport.terminateSession().catch(() => {}),
      new Promise((resolve) => setTimeout(resolve, CLOSE_MS).unref()),
    ]);
  }
  await client.close().catch(() => {});
}
