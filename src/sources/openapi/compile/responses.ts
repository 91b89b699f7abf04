import type { JsonSchema } from '../../../spec/index.ts';
import { isObject, objects, own, step, text } from './json.ts';
import { contentSchema, essence, isJson, isSequence } from './media.ts';
import { relaxed } from './relaxed.ts';
import { resolve } from './resolve.ts';
import type { Context, Place } from './types.ts';

/** What the document says of a successful answer. */
export interface CompiledResponse {
  readonly accept: readonly string[];
  /** Schema of the JSON that comes back, as the document has it. */
  readonly schema: unknown;
  readonly output: JsonSchema | undefined;
  readonly description: string;
  /** Header names of the answer, in lower case. */
  readonly headers: readonly string[];
}

/** 200 and 201 before other 2xx, then the range 2XX, then `default` (OpenAPI 3.1.1, 4.8.16). */
function successes(context: Context, operation: Place): Place[] {
  const all = own(operation.value, 'responses');
  if (!isObject(all)) return [];
  const rank = (code: string): number =>
    code === '200' ? 0 : code === '201' ? 1 : /^2\d\d$/.test(code) ? 2 : /^2xx$/i.test(code) ? 3 : 4;
  const codes = Object.keys(all).filter((code) => /^2(?:\d\d|xx)$/i.test(code));
  return (codes.length > 0 ? codes : Object.keys(all).filter((code) => code === 'default'))
    .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .flatMap((code) => resolve(context, all[code], `${operation.where}/responses${step(code)}`) ?? []);
}

export function compileResponse(context: Context, operation: Place): CompiledResponse {
  const found = successes(context, operation);
  const contents = found.flatMap(({ value }) => (isObject(value['content']) ? Object.entries(value['content']) : []));
  const json = contents.filter(([name]) => isJson(essence(name)) || essence(name) === '*/*');
  const sequences = json.length > 0 ? [] : contents.filter(([name]) => isSequence(essence(name)));
  const schema = [...json, ...sequences]
    .map(([name, media]) => (isObject(media) ? contentSchema(name, media) : undefined))
    .find((one) => one !== undefined);
  const data = schema === undefined ? undefined : relaxed(context, schema);
  return {
    accept: acceptOf(contents.map(([name]) => name)),
    schema,
    output: data === undefined ? undefined : outputOf(data),
    description: text(found[0]?.value['description']),
    headers: found.flatMap(({ value }) => objects(value['headers']).map(([name]) => name.toLowerCase())),
  };
}

/** JSON alone where there is any: a server chooses among equals as it likes. Streams of events are not waited for. */
function acceptOf(names: readonly string[]): string[] {
  const types = [...new Set(names.map((name) => name.trim()))].filter((name) =>
    /^[\w*.+-]+\/[\w*.+-]+(?:\s*;[^\r\n]*)?$/.test(name),
  );
  const json = types.filter((name) => isJson(essence(name)) && !/stream/.test(name));
  return (json.length > 0 ? json : types).slice(0, 10);
}

/** An answer as every operation gives it: `data` where it fits the document, else `unexpected`. */
const outputOf = (data: JsonSchema): JsonSchema => ({
  type: 'object',
  properties: { status: { type: 'integer' }, data, unexpected: {}, next: { type: 'object' }, cut: {} },
  required: ['status'],
});
