import type { HttpParameter } from '../../../spec/index.ts';
import { own } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Context } from './types.ts';

type Style = HttpParameter['style'];

/** Styles that each location may have, the default first (OpenAPI 3.2.0, Style Values). */
const styles: Readonly<Record<HttpParameter['in'], readonly Style[]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'tabDelimited', 'deepObject'],
  querystring: ['form'],
  header: ['simple'],
  cookie: ['form', 'cookie'],
};

/** How the value becomes text: what is given, else the default of the location; `explode` is by default true for `form` and `cookie`. */
export function styleOf(context: Context, value: JsonObject, where: string): { style: Style; explode: boolean } {
  const allowed = styles[value['in'] as HttpParameter['in']];
  const given = own(value, 'style');
  const usual = allowed[0] ?? 'form';
  const known = allowed.includes(given as Style);
  if (given !== undefined && !known)
    context.remark({
      where,
      what: `The style ${String(given).slice(0, 40)} does not exist there; ${usual} is taken.`,
      action: 'mended',
    });
  const style = known ? (given as Style) : usual;
  const explode = own(value, 'explode');
  return { style, explode: typeof explode === 'boolean' ? explode : style === 'form' || style === 'cookie' };
}
