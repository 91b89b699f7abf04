import type { HttpBody, Json } from '../../../spec/index.ts';
import { literal, quote } from '../print/literal.ts';
import { fields, member, type Field } from './expression.ts';

/** The body of a request as a field of it. */
export function bodyField({ argument, type, as, encoding, positions, choice }: HttpBody): string {
  return fields(
    [
      ['type', quote(type)],
      ['as', quote(as)],
      ['value', member('args', argument)],
      ...(argument === 'body' ? [] : [['argument', quote(argument)] as const]),
      ...(Object.keys(encoding).length === 0 ? [] : [['encoding', literal(encoding as Json, 2)] as const]),
      ...(positions === undefined ? [] : [['positions', literal(positions as Json, 2)] as const]),
      ...(choice === undefined ? [] : chosen(choice)),
    ],
    1,
  );
}

function chosen({ argument, alternatives }: NonNullable<HttpBody['choice']>): Field[] {
  const media = alternatives.map(({ encoding, ...rest }) => ({
    ...rest,
    ...(Object.keys(encoding).length > 0 && { encoding }),
  }));
  return [
    ['chosen', member('args', argument)],
    ['alternatives', literal(media as Json, 2)],
  ];
}
