import type { Writable } from 'node:stream';
import type { Server } from '@modelcontextprotocol/server';
import { StdioServerTransport, serveStdio as serve } from '@modelcontextprotocol/server/stdio';
import { log } from './logging.ts';
import type { Serving } from './start.ts';

/** Serves the one client on standard input and output, of whichever era it opens with. */
export function serveStdio(factory: () => Server, stdout: Writable, maxMessageBytes: number): Serving {
  const { promise: closed, resolve } = Promise.withResolvers<void>();
  const transport = new StdioServerTransport(process.stdin, stdout, { maxBufferSize: maxMessageBytes });
  const handle = serve(factory, { transport, onerror: (error) => log.debug('protocol error', { error }) });
  process.stdin
    .once('end', resolve)
    .once('close', resolve)
    .once('error', () => resolve());
  stdout.once('error', () => resolve());
  return { closed, close: () => handle.close() };
}
