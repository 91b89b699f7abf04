import {
  ProtocolError,
  ProtocolErrorCode,
  Server,
  type CallToolRequest,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { callTool, type CallLimits, type CallOrigin } from './call.ts';
import type { ToolContext } from './context.ts';
import type { ResourceLink, ToolResult } from './result.ts';
import type { Tool } from './tool.ts';

/** A server as data: everything its two transports and both protocol eras share. */
export interface ServerDefinition<Context extends ToolContext = ToolContext> {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly limits: CallLimits;
  readonly tools: readonly Tool<NoInfer<Context>>[];
  /** Adds to a call's context what this server's tools use. */
  context(call: ToolContext): Context;
  /** Files offered to the client, for servers that have any. */
  readonly files?: FileResources;
}

export function defineServer<Context extends ToolContext>(
  definition: ServerDefinition<Context>,
): ServerDefinition<Context> {
  return definition;
}

/** Files as resources of the protocol. */
export interface FileResources {
  list(): Promise<{ uri: string; name: string }[]>;
  read(uri: string): Promise<string>;
  /** Links to the files that a tool's answer names. */
  linksIn(answer: Record<string, unknown>): ResourceLink[];
}

/** Calls under way, so that a stop can wait for them. */
export interface Calls {
  run(call: (signal: AbortSignal) => Promise<ToolResult>): Promise<ToolResult>;
  /** Resolves when none is left; after `graceMs` the rest is aborted. */
  finish(graceMs: number): Promise<void>;
}

/** Makes protocol servers, one a connection or request; all share the definition and what is computed from it. */
export function createServerFactory<Context extends ToolContext>(
  definition: ServerDefinition<Context>,
  calls: Calls,
): () => Server {
  const listing = { tools: definition.tools.map((tool) => tool.listed) };
  const call = toolCaller(definition, calls);
  const info = { name: definition.name, title: definition.title, version: definition.version };
  const { files } = definition;
  const options = {
    capabilities: { tools: {}, ...(files && { resources: {} }) },
    instructions: definition.description,
  };
  return () => {
    // The low-level class: the schemas are JSON already, and the listing is computed once instead of per request.
    const server = new Server(info, options);
    server.setRequestHandler('tools/list', () => listing as never);
    server.setRequestHandler('tools/call', call);
    if (files) offerFiles(server, files);
    return server;
  };
}

/** What answers `tools/call`: the protocol's side of each call of a tool. */
export function toolCaller<Context extends ToolContext>(
  { tools, limits, files, context: withParts }: ServerDefinition<Context>,
  calls: Calls,
): (request: CallToolRequest, context: ServerContext) => Promise<ToolResult & { [field: string]: unknown }> {
  const named = new Map(tools.map((tool) => [tool.listed.name, tool]));
  return async ({ params }, context) => {
    const tool = named.get(params.name);
    if (tool === undefined)
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool ${JSON.stringify(params.name)}`);
    const result = await calls.run((stopped) =>
      callTool(tool, params.arguments, originOf(context, stopped), limits, withParts),
    );
    const links = result.structuredContent && files ? files.linksIn(result.structuredContent) : [];
    return { ...result, content: [...result.content, ...links] };
  };
}

function offerFiles(server: Server, files: FileResources): void {
  server.setRequestHandler('resources/list', async () => ({ resources: await files.list() }));
  server.setRequestHandler('resources/templates/list', () => ({ resourceTemplates: [] }));
  server.setRequestHandler('resources/read', async ({ params: { uri } }) => {
    const text = await files.read(uri).catch((error: Error) => {
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, error.message);
    });
    return { contents: [{ uri, text }] };
  });
}

function originOf(context: ServerContext, stopped: AbortSignal): CallOrigin {
  const { signal, notify, _meta } = context.mcpReq;
  const progressToken = _meta?.progressToken;
  const request = context.http?.req;
  return {
    cancelled: [signal, stopped],
    ...(request && { header: (name: string) => request.headers.get(name) ?? undefined }),
    notifyProgress(progress, total, message) {
      if (progressToken === undefined) return;
      const params = {
        progressToken,
        progress,
        ...(total !== undefined && { total }),
        ...(message !== undefined && { message }),
      };
      // A client that is gone needs no progress.
      void notify({ method: 'notifications/progress', params }).catch(() => undefined);
    },
  };
}

/** Runs `prepare` before the first call, and what it returns around every one. */
export function trackCalls(prepare?: () => () => void): Calls {
  let around: (() => void) | undefined;
  const stopped = new AbortController();
  const running = new Set<Promise<unknown>>();
  return {
    async run(call) {
      around ??= prepare?.();
      around?.();
      const result = call(stopped.signal);
      running.add(result);
      try {
        return await result;
      } finally {
        around?.();
        running.delete(result);
      }
    },
    async finish(graceMs) {
      const timer = setTimeout(() => stopped.abort(), graceMs);
      await Promise.allSettled(running);
      clearTimeout(timer);
    },
  };
}
