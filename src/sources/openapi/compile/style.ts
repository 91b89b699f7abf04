import type { HttpParameter } from '../../../spec/index.ts';
import { own } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Context } from './types.ts';

type Style = HttpParameter['style'];

/** Styles that each location may have, the default first (OpenAPI 3.1.1, 4.8.12.2.1 and 4.8.12.3; 3.2 adds form for cookies' own `cookie`). */
const styles: Readonly<Record<HttpParameter['in'], readonly Style[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'tabDelimited', 'deepObject'],
  querystring: ['form'],
  header: ['simple'],
  cookie: ['form'],
};

/** How the value becomes text: what is given, else the default of the location; `explode` is by default true for `form` alone. */
export function styleOf(context: Context, value: JsonObject, where: string): { style: Style; explode: boolean } {
  const allowed = styles[value['in'] as HttpParameter['in']];
  const given = own(value, 'style');
  const usual = allowed[0] ?? 'form';
  const known = allowed.includes(given as Style);
  // 3.2 writes cookies in a style of that name, whose values are not percent-encoded.
  if (given !== undefined && !known && given !== 'cookie')
    context.remark({
      where,
      what: `The style ${String(given).slice(0, 40)} does not exist there; ${usual} is taken.`,
      action: 'mended',
    });
  const style = known ? (given as Style) : usual;
  const explode = own(value, 'explode');
  return { style, explode: typeof explode === 'boolean' ? explode : style === 'form' };
}
