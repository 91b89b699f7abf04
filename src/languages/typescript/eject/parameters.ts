import type { HttpOperation, HttpParameter, Json, JsonSchema } from '../../../spec/index.ts';
import { quote } from '../print/literal.ts';
import { isFlat, kindOf, type Kind } from './value.ts';

type Refuse = (why: string) => never;

interface Written extends HttpParameter {
  readonly kind: Kind;
  /** Expression of the argument. */
  readonly value: string;
}

/** Lines that write the parameters of one place; `into` is the list that they are pushed to. */
export function parameterLines(
  { parameters }: HttpOperation,
  place: 'query' | 'cookie' | 'header',
  input: JsonSchema,
  refuse: Refuse,
): string[] {
  return parameters
    .filter((parameter) => parameter.in === place)
    .flatMap((parameter) => {
      const written = describe(parameter, input);
      const lines =
        place === 'header'
          ? headerLines(written)
          : pairLines(written, place === 'query' ? 'query' : 'cookies', input, refuse);
      if (parameter.required) return lines;
      return [`if (${written.value} !== undefined) {`, ...lines.map((line) => `  ${line}`), '}'];
    });
}

/** The path as the inside of a template: `/pets/${encode(args.id)}`. */
export function pathTemplate({ path, parameters }: HttpOperation, input: JsonSchema): string {
  return path.replace(/\{([^}]+)\}|[`\\$]/g, (part, name?: string) => {
    if (name === undefined) return escaped(part);
    const parameter = parameters.find((each) => each.in === 'path' && each.name === name);
    return parameter === undefined ? escaped(part) : `\${${segment(describe(parameter, input))}}`;
  });
}

/** Text for the inside of a template. */
export const escaped = (text: string): string => text.replace(/[`\\$]/g, '\\$&');

function describe(parameter: HttpParameter, input: JsonSchema): Written {
  const properties = (input['properties'] ?? {}) as { [name: string]: Json };
  return {
    ...parameter,
    value: member('args', parameter.argument),
    kind: kindOf(properties[parameter.argument], input),
  };
}

/** `args.id`, or `args['x-id']` where the name is no identifier. */
export function member(object: string, name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${object}.${name}` : `${object}[${quote(name)}]`;
}

const encodedList = (value: string, kind: Kind, glue: string): string =>
  `${kind === 'list' ? value : `[${value}].flat()`}.map(encode).join(${quote(glue)})`;

/** A path segment by its style (OpenAPI 3.1, 4.8.12.3). */
function segment({ name, style, explode, kind, value, content }: Written): string {
  if (content !== undefined) return `encode(JSON.stringify(${value}))`;
  const start = style === 'label' ? '.' : style === 'matrix' ? `;${name}=` : '';
  const glue = explode && style === 'label' ? '.' : explode && style === 'matrix' ? `;${name}=` : ',';
  const text = (inside: string): string => (start === '' ? inside : `${quote(start)} + ${inside}`);
  if (kind === 'single') return text(`encode(${value})`);
  if (kind !== 'object') return text(encodedList(value, kind, glue));
  const pairs = `Object.entries(${value})`;
  if (!explode) return text(`${pairs}.flat().map(encode).join(',')`);
  const between = style === 'label' ? '.' : style === 'matrix' ? ';' : ',';
  const lead = style === 'label' ? '.' : style === 'matrix' ? ';' : '';
  const joined = `${pairs}.map((pair) => pair.map(encode).join('=')).join(${quote(between)})`;
  return lead === '' ? joined : `${quote(lead)} + ${joined}`;
}

function headerLines({ name, kind, value, explode, content }: Written): string[] {
  const set = (text: string): string[] => [`headers.set(${quote(name)}, ${text});`];
  if (content !== undefined) return set(`JSON.stringify(${value})`);
  if (kind === 'single') return set(`String(${value})`);
  if (kind !== 'object') return set(`[${value}].flat().join(',')`);
  return set(
    explode
      ? `Object.entries(${value}).map((pair) => pair.join('=')).join(',')`
      : `Object.entries(${value}).flat().join(',')`,
  );
}

const glues: Readonly<Record<string, string>> = { spaceDelimited: '%20', pipeDelimited: '%7C', tabDelimited: '%09' };

/** Pairs of a query or of cookies by their style. */
function pairLines(written: Written, into: string, input: JsonSchema, refuse: Refuse): string[] {
  const { name, style, explode, kind, value, content, argument, allowReserved } = written;
  if (allowReserved) refuse(`its parameter ${name} keeps reserved characters`);
  if (style === 'cookie') refuse(`its parameter ${name} is a cookie that is not percent-encoded`);
  const key = encodeURIComponent(name);
  const push = (text: string): string => `${into}.push(${text});`;
  const one = (text: string): string => push(`${quote(`${key}=`)} + ${text}`);
  if (content !== undefined) return [one(`encode(JSON.stringify(${value}))`)];
  if (kind === 'single') return [one(`encode(${value})`)];
  const properties = (input['properties'] ?? {}) as { [name: string]: Json };
  if (kind === 'object') {
    if (!isFlat(properties[argument], input)) refuse(`its parameter ${name} holds objects in an object`);
    if (style === 'deepObject')
      return [
        `for (const [key, each] of Object.entries(${value})) ${push(`${quote(`${key}[`)} + encode(key) + ']=' + encode(each)`)}`,
      ];
    if (explode)
      return [`for (const [key, each] of Object.entries(${value})) ${push("encode(key) + '=' + encode(each)")}`];
    return [one(`Object.entries(${value}).flat().map(encode).join(${quote(glues[style] ?? ',')})`)];
  }
  if (kind === 'any' && style === 'deepObject') refuse(`its parameter ${name} may be of several kinds`);
  if (explode && style === 'form')
    return [`for (const each of ${kind === 'list' ? value : `[${value}].flat()`}) ${one('encode(each)')}`];
  return [one(encodedList(value, kind, glues[style] ?? ','))];
}
