import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { CrafterError, toCrafterError } from '../errors.ts';
import { operations, runOperation } from '../operations/index.ts';
import type { Crafter } from '../crafter.ts';
import type { Operation } from '../operations/index.ts';
import type { ServiceHealth, ServiceLine } from '../service/index.ts';
import { nearest, parseJson } from '../spec/index.ts';
import type { ProgressEvent } from '../spec/index.ts';
import { version } from '../util/index.ts';

/** Largest request body in bytes: the largest document a source reads, with room for JSON escapes. */
const maxBodyBytes = 64 * 1024 * 1024;

/**
 * The service's HTTP face: `GET /health`, `POST /stop`, and `POST /operations/<name>`, which streams one JSON
 * document a line: events and log lines, then the result or the error.
 */
export function createApp(crafter: Crafter, stop: () => void): Hono {
  const app = new Hono();
  const health: ServiceHealth = { version, pid: process.pid, startedAt: new Date().toISOString() };
  app.get('/health', (c) => c.json(health));
  app.post('/stop', (c) => {
    setImmediate(stop);
    return c.json({ stopping: true });
  });
  app.post('/operations/:name', (c) => {
    c.header('content-type', 'application/x-ndjson');
    return stream(c, async (out) => {
      const ended = new AbortController();
      out.onAbort(() => ended.abort());
      const write = (line: ServiceLine): Promise<unknown> => out.write(`${JSON.stringify(line)}\n`);
      try {
        refuseLarge(c.req.header('content-length'));
        const operation = findOperation(c.req.param('name'));
        const work = {
          signal: ended.signal,
          progress: (event: ProgressEvent) => void write({ event }),
          log: (line: string) => void write({ log: line }),
        };
        await write({ result: await runOperation(crafter, operation, parseJson(await c.req.text()) as Record<string, unknown>, work) });
      } catch (error) {
        await write({ error: toCrafterError(error).toJSON() });
      }
    });
  });
  return app;
}

/** The length is what the HTTP parser holds a body to; without it nobody knows where it ends. */
function refuseLarge(length: string | undefined): void {
  if (length !== undefined && Number(length) <= maxBodyBytes) return;
  const what = length === undefined ? 'comes without its length' : `is larger than ${maxBodyBytes / 1024 / 1024} MB`;
  throw new CrafterError('INPUT_TOO_LARGE', `The request ${what}.`, {
    hint: 'Send a smaller document, with a Content-Length.',
  });
}

function findOperation(name: string): Operation {
  const found = operations.find((operation) => operation.name === name);
  if (found !== undefined) return found;
  const near = nearest(name, operations.map((operation) => operation.name));
  throw new CrafterError('NOT_FOUND', `There is no operation \`${name}\`.`, { hint: near === undefined ? 'See the documentation for what there is.' : `Did you mean \`${near}\`?` });
}
