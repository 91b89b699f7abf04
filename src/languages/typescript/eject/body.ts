import type { HttpBody, Json } from '../../../spec/index.ts';
import { literal, quote } from '../print/literal.ts';
import { fields, member } from './expression.ts';

/** The body of a request as a field of it. */
export function bodyField({ argument, type, as, encoding }: HttpBody): string {
  return fields(
    [
      ['type', quote(type)],
      ['as', quote(as)],
      ['value', member('args', argument)],
      ...(argument === 'body' ? [] : [['argument', quote(argument)] as const]),
      ...(Object.keys(encoding).length === 0 ? [] : [['encoding', literal(encoding as Json, 2)] as const]),
    ],
    1,
  );
}
