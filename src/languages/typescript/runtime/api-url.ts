import { encode, encodeKeepingReserved, isAbsent, plainText } from './api-encode.ts';
import type { HttpCall, HttpParameter } from './api-file.ts';
import { formText } from './api-form.ts';
import { styledPairs, styledText } from './api-style.ts';
import { ToolError } from './errors.ts';
import { isRecord } from './schema.ts';

type Arguments = Readonly<Record<string, unknown>>;

/**
 * The address of a call: the base with its own query, the path with its parameters, then the query's parameters.
 * @throws ToolError for a path value that is empty or would lead to another path.
 */
export function requestUrl(base: string, call: HttpCall, args: Arguments, more: readonly [string, string][] = []): URL {
  const [root = '', baseQuery = ''] = cutAt(base.split('#')[0]!, '?');
  const [path = '', pathQuery = ''] = cutAt(expandPath(call, args).split('#')[0]!, '?');
  const pairs = more.map(([name, value]) => `${encode(name)}=${encode(value)}`);
  const query = [baseQuery, pathQuery, ...queryParts(call, args), ...pairs].filter((part) => part !== '').join('&');
  const url = `${root.replace(/\/+$/, '')}${path.startsWith('/') ? '' : '/'}${path}${query === '' ? '' : `?${query}`}`;
  if (!URL.canParse(url))
    throw new ToolError(`${root.slice(0, 200)} is no address.`, 'Check the base address of the API.');
  return new URL(url);
}

function expandPath({ path, parameters = [] }: HttpCall, args: Arguments): string {
  const values = new Map(parameters.filter((parameter) => parameter.in === 'path').map((it) => [it.name, it]));
  // Outside of the fragment, which is never sent. A URL parser takes a backslash for a slash (WHATWG URL, 4.4).
  const expanded = path.split('#')[0]!.replace(/\{([^{}]+)\}|\\/g, (whole, name?: string) => {
    if (name === undefined) return '%5C';
    const parameter = values.get(name);
    return parameter === undefined ? whole : pathValue(parameter, args[parameter.argument]);
  });
  if (dotSegments(expanded) > dotSegments(path)) {
    throw new ToolError(
      'A path parameter is `.` or `..`, which would lead to another path.',
      'Give the name or id of the thing itself.',
    );
  }
  return expanded;
}

/** Segments that a URL parser would resolve away, escaped or not; no escape keeps them. */
function dotSegments(path: string): number {
  return path.split('?')[0]!.match(/(?<=^|\/)(?:\.|%2e){1,2}(?=\/|$)/gi)?.length ?? 0;
}

function pathValue(parameter: HttpParameter, value: unknown): string {
  const { argument, allowReserved } = parameter;
  if (isAbsent(value) || value === '') {
    throw new ToolError(`The argument ${argument} is empty: it is part of the path.`, `Give a value for ${argument}.`);
  }
  const encoder = allowReserved ? (text: string) => encodeKeepingReserved(text, 'path') : encode;
  if (parameter.content !== undefined) return encoder(contentText(parameter.content, value));
  return styledText(parameter, value, encoder);
}

function queryParts({ parameters = [] }: HttpCall, args: Arguments): string[] {
  return parameters.flatMap((parameter) => {
    const value = args[parameter.argument];
    if (value === undefined) return [];
    if (parameter.in === 'querystring') return [wholeQuery(parameter, value)];
    if (parameter.in !== 'query') return [];
    const encoder = parameter.allowReserved ? (text: string) => encodeKeepingReserved(text, 'query') : encode;
    if (parameter.content !== undefined)
      return [`${encode(parameter.name)}=${encoder(contentText(parameter.content, value))}`];
    // Nothing to say is said only where the API insists on the name.
    if (isAbsent(value)) return parameter.required && value !== null ? [`${encode(parameter.name)}=`] : [];
    return styledPairs(parameter, value, encoder).map(([name, text]) => `${name}=${text}`);
  });
}

/** The whole query as one value (OpenAPI 3.2, `in: querystring`). */
function wholeQuery({ content = '' }: HttpParameter, value: unknown): string {
  if (/urlencoded/i.test(content) && isRecord(value)) return formText(value, {});
  return encode(contentText(content, value));
}

/** A value written by its media type: JSON unless it is text already. */
export function contentText(type: string, value: unknown): string {
  return /json/i.test(type) ? JSON.stringify(value) : plainText(value);
}

function cutAt(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
