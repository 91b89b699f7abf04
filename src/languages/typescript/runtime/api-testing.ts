import { createServer, type IncomingHttpHeaders, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openCalls } from './api-call.ts';
import type { ApiContext } from './api-context.ts';
import type { ApiFile, ApiOperation, ApiTool, HttpCall } from './api-file.ts';
import { authorizeTool } from './api-authorize.ts';
import { catalogueTool } from './api-catalogue-tool.ts';
import { answerTool } from './api-read-answer.ts';
import { apiTools } from './api-tools.ts';
import { callTool } from './call.ts';
import { ToolError } from './errors.ts';
import { limitFetch } from './limited-fetch.ts';
import type { ToolResult } from './result.ts';
import { textOf } from './testing.ts';

/** A request as an API's stand-in saw it. */
export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface StandIn {
  readonly origin: string;
  readonly host: string;
  readonly seen: Seen[];
  close(): void;
}

/** A real server on the loopback that notes each request and answers as told. */
export async function standIn(answer: (seen: Seen) => Response | Promise<Response>): Promise<StandIn> {
  const seen: Seen[] = [];
  const listener: RequestListener = async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    const given = await answer(seen.at(-1)!);
    response.writeHead(given.status, Object.fromEntries(given.headers));
    response.end(Buffer.from(await given.arrayBuffer()));
  };
  const server: Server = createServer((request, response) => void listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin: `http://${host}`, host, seen, close: () => void server.close().closeAllConnections() };
}

const reads = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };

/** An operation named after its method and path unless told, that takes anything. */
export function operation(
  call: Partial<HttpCall> & { path: string },
  fields: Partial<ApiOperation> = {},
): ApiOperation {
  const method = call.method ?? 'GET';
  const name = `${method} ${call.path}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/_$/, '');
  return {
    name,
    title: name,
    description: '',
    inputSchema: { type: 'object' },
    annotations: { ...reads, readOnlyHint: method === 'GET' },
    implementation: { kind: 'http', ...call, method },
    ...fields,
  };
}

export interface ApiOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly hosts?: readonly string[];
  readonly maxCharacters?: number;
  readonly folders?: ApiContext['folders'];
  /** Headers of the HTTP request that carries the calls. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server's tools for an API at the stand-in's address: calls one and gives the protocol's result. */
export function openApi(at: StandIn, api: Partial<ApiFile> & { tools: readonly ApiTool[] }, options: ApiOptions = {}) {
  const { environment = {}, hosts = [], maxCharacters = 40_000, headers } = options;
  const file = { title: 'Test', version: '1', servers: [{ url: at.origin, variable: 'API_BASE_URL' }], ...api };
  const kinds = { authorize: authorizeTool, catalogue: catalogueTool, answer: answerTool };
  const tools = new Map(apiTools(openCalls(file, maxCharacters), kinds).map((tool) => [tool.listed.name, tool]));
  const fetchWithin = limitFetch({ hosts: [at.host, ...hosts] });
  const origin = {
    cancelled: [],
    notifyProgress: () => undefined,
    ...(headers && { header: (name: string) => headers[name] }),
  };
  const limits = { maxSeconds: 5, maxInputBytes: 1_000_000, maxResultCharacters: maxCharacters };
  return (name: string, args: Record<string, unknown> = {}): Promise<ToolResult> =>
    callTool<ApiContext>(tools.get(name)!, args, origin, limits, (call) => ({
      ...call,
      fetch: fetchWithin(call.signal),
      secret(variable) {
        if (environment[variable]) return environment[variable];
        throw new ToolError(`The environment variable ${variable} is not set.`, '');
      },
      ...(options.folders && { folders: options.folders }),
    }));
}

/** What an error says. @throws Error when the call succeeded. */
export function errorOf(result: ToolResult): string {
  if (!result.isError) throw new Error(`no error: ${textOf(result).slice(0, 500)}`);
  return textOf(result);
}
