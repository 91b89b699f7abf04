import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { CrafterError } from '../../errors.ts';
import type { ServiceLine } from '../../service/index.ts';

/** Answers in the words of an error, and ends the connection: what follows of the request is not read. */
export function refuse(c: Context, error: CrafterError, headers: Record<string, string> = {}): Response {
  const line: ServiceLine = { error: error.toJSON() };
  return c.body(`${JSON.stringify(line)}\n`, error.status as ContentfulStatusCode, {
    'content-type': 'application/x-ndjson',
    connection: 'close',
    ...headers,
  });
}
