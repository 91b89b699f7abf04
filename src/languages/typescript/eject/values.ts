import type { HttpOperation, HttpParameter, Json, JsonSchema } from '../../../spec/index.ts';
import { quote } from '../print/literal.ts';
import { fields, member, type Field } from './expression.ts';
import { isSingle } from './single.ts';

const places = [
  ['path', 'params'],
  ['query', 'query'],
  ['header', 'headers'],
  ['cookie', 'cookies'],
] as const;

/** The parameters of an operation as fields of its request: `query: { limit: args.limit }`. */
export function valueFields({ parameters }: HttpOperation, input: JsonSchema): Field[] {
  const properties = (input['properties'] ?? {}) as { [name: string]: Json };
  const write = (parameter: HttpParameter): string =>
    valueOf(parameter, isSingle(properties[parameter.argument], input));
  const named = places.flatMap(([place, field]): Field[] => {
    const own = parameters.filter((parameter) => parameter.in === place);
    if (own.length === 0) return [];
    return [
      [
        field,
        fields(
          own.map((parameter): Field => [parameter.name, write(parameter)]),
          1,
        ),
      ],
    ];
  });
  const whole = parameters.find((parameter) => parameter.in === 'querystring');
  return whole === undefined ? named : [...named, ['querystring', write({ ...whole, name: 'querystring' })]];
}

/** The argument itself, wrapped where it is not written in the usual way of its place. */
function valueOf(parameter: HttpParameter, single: boolean): string {
  const { name, in: place, argument, style, explode, required, allowReserved, content } = parameter;
  const value = member('args', argument);
  const usual = place === 'path' || place === 'header' ? 'simple' : 'form';
  const explodes = style === 'form' || style === 'cookie';
  const way: Field[] = [
    ...(style === usual ? [] : [['style', quote(style)] as const]),
    ...(explode === explodes || (single && content === undefined) ? [] : [['explode', String(explode)] as const]),
    ...(allowReserved ? [['allowReserved', 'true'] as const] : []),
    ...(required && !single && place === 'query' ? [['required', 'true'] as const] : []),
    ...(content === undefined ? [] : [['content', quote(content)] as const]),
    ...(argument === name ? [] : [['argument', quote(argument)] as const]),
  ];
  return way.length === 0 ? value : `styled(${value}, ${fields(way, 2)})`;
}
