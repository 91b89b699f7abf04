import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { MiddlewareHandler } from 'hono';
import { stream } from 'hono/streaming';
import { CrafterError, toCrafterError } from '../errors.ts';
import { operations, refusePrivate, runOperation } from '../operations/index.ts';
import type { Crafter } from '../crafter.ts';
import type { Operation } from '../operations/index.ts';
import type { ServiceHealth, ServiceLine } from '../service/index.ts';
import { nearest, parseJson } from '../spec/index.ts';
import type { ProgressEvent } from '../spec/index.ts';
import { version } from '../util/index.ts';

/** One way to the service: what stands before it, and whether only its own user can come along it. */
export interface Face {
  /** In this order, each before anything of the body is read. */
  readonly guards: readonly MiddlewareHandler[];
  readonly isPrivate: boolean;
}

/**
 * What the service answers: `GET /health`, `POST /stop`, and `POST /operations/<name>`, which streams one JSON
 * document a line: events and log lines, then the result or the error.
 */
export function createApp(crafter: Crafter, stop: () => void, face: Face): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  const health: ServiceHealth = { version, pid: process.pid, startedAt: new Date().toISOString() };
  for (const guard of face.guards) app.use(guard);
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
        const operation = findOperation(c.req.param('name'), face);
        const input = parseJson(await c.req.text()) as Record<string, unknown>;
        if (!face.isPrivate) refusePrivate(operation, input);
        const work = {
          signal: ended.signal,
          progress: (event: ProgressEvent) => void write({ event }),
          log: (line: string) => void write({ log: line }),
        };
        await write({ result: await runOperation(crafter, operation, input, work) });
      } catch (error) {
        await write({ error: toCrafterError(error).toJSON() });
      }
    });
  });
  return app;
}

function findOperation(name: string, { isPrivate }: Face): Operation {
  const offered = operations.filter((operation) => isPrivate || operation.isPrivate !== true);
  const found = offered.find((operation) => operation.name === name);
  if (found !== undefined) return found;
  const near = nearest(
    name,
    offered.map((operation) => operation.name),
  );
  throw new CrafterError('NOT_FOUND', `There is no operation \`${name}\`.`, {
    hint: near === undefined ? 'See the documentation for what there is.' : `Did you mean \`${near}\`?`,
  });
}
