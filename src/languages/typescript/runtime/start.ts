import type { ToolContext } from './context.ts';
import { guardProcess } from './guard.ts';
import { fixIntrinsics } from './intrinsics.ts';
import { log } from './logging.ts';
import { createServerFactory, trackCalls, type ServerDefinition } from './mcp-server.ts';

/** A transport that is being served. */
export interface Serving {
  /** Resolves when the client side ended it. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** Calls under way when a stop is asked for have this long to finish. */
const graceMs = 2000;

/**
 * Serves until SIGTERM, SIGINT or the end of standard input, then exits with 0.
 * The transport is MCP_TRANSPORT or the flag --http; stdio unless told.
 */
export async function startServer<Context extends ToolContext>(definition: ServerDefinition<Context>): Promise<void> {
  const { stdout, exit } = guardProcess();
  // By the first call all is loaded that serving needs; a start does not wait for it.
  const calls = trackCalls(() => {
    const putBack = fixIntrinsics();
    // What cannot be put back would be in every later call.
    return () => {
      if (!putBack()) exit(1);
    };
  });
  const factory = createServerFactory(definition, calls);
  // Arguments travel as JSON, where a byte may take six: escapes such as \u0000.
  const maxMessageBytes = Math.max(4 * 1024 * 1024, definition.limits.maxInputBytes * 2);
  const overHttp = process.argv.includes('--http') || process.env['MCP_TRANSPORT'] === 'http';

  let serving: Serving;
  try {
    if (overHttp)
      serving = await (await import('./serve-http.ts')).serveHttp(factory, { ...httpOptions(), maxMessageBytes });
    else serving = (await import('./serve-stdio.ts')).serveStdio(factory, stdout, maxMessageBytes);
  } catch (error) {
    log.error('cannot start', { error });
    return exit(1);
  }

  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
  const stop = await Promise.race([signalled.then(() => 'signal'), serving.closed.then(() => 'closed')]);
  // A client that has gone waits for no answers.
  await calls.finish(stop === 'signal' ? graceMs : 0);
  await Promise.race([serving.close(), new Promise((resolve) => setTimeout(resolve, 500))]);
  exit(0);
}

function httpOptions() {
  const { HOST, PORT, MCP_SOCKET, MCP_TOKEN } = process.env;
  return {
    host: HOST || '127.0.0.1',
    port: Number(PORT || 3000),
    ...(MCP_SOCKET && { socket: MCP_SOCKET }),
    ...(MCP_TOKEN && { token: MCP_TOKEN }),
  };
}
