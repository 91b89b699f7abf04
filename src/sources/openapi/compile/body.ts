import type { HttpBody, Json, JsonSchema } from '../../../spec/index.ts';
import { isObject, objects, own, step, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { offerChoice } from './body-choice.ts';
import type { BodyChoice, CompiledMedia } from './body-choice.ts';
import { isByPosition, listSchema } from './by-position.ts';
import { rankMedia } from './body-media.ts';
import type { ChosenMedia } from './body-media.ts';
import { fieldEncodings } from './encoding.ts';
import { exampleOf } from './examples.ts';
import { binaryForms, contentSchema, isMediaType } from './media.ts';
import { positionsOf } from './positions.ts';
import { resolve } from './resolve.ts';
import { convert } from './schema/convert.ts';
import { compact } from './text.ts';
import type { Context, Place } from './types.ts';

export interface CompiledBody {
  readonly wire: HttpBody;
  readonly schema: JsonSchema;
  readonly example: Json | undefined;
  readonly choice: BodyChoice | undefined;
}

/**
 * The request body as one argument: its media type, its schema, and how its fields are written; and another argument
 * where media types are to be chosen from. `taken`: names of other arguments.
 */
export function compileBody(
  context: Context,
  operation: Place,
  argument: string,
  taken: readonly string[],
): CompiledBody | undefined {
  const given = own(operation.value, 'requestBody');
  if (given === undefined || given === null) return undefined;
  const place = resolve(context, given, `${operation.where}/requestBody`);
  if (place === undefined) return undefined;
  const content = own(place.value, 'content');
  if (!isObject(content) || objects(content).length === 0) {
    if (isObject(content) && Object.keys(content).length === 0) return undefined;
    context.remark({ where: place.where, what: 'The body names no media type; JSON is taken.', action: 'mended' });
  }
  const [preferred = plainJson, ...others] = rankMedia(context, mediaOf(context, content, place.where));
  const compile = (one: ChosenMedia): CompiledMedia => compileMedia(context, place, one);
  const first = compile(preferred);
  const required = place.value['required'] === true;
  const { schema, choice } = offerChoice(context, { preferred, first, others, compile }, argument, taken);
  const wire = { argument, required, ...first.wire, ...(choice && { choice: choice.wire }) };
  return { wire, schema, example: first.example, choice };
}

const plainJson: ChosenMedia = { name: 'application/json', type: 'application/json', as: 'json', media: {} };

/** One media type of a body: how it is written, and the schema of its value. */
function compileMedia(context: Context, place: Place, { name, type, as, media }: ChosenMedia): CompiledMedia {
  const where = `${place.where}/content${step(name)}`;
  const described = (schema: JsonSchema): JsonSchema => ({
    ...schema,
    description: wordsOf(place.value, schema, as, type),
  });
  const wire = { type, as, encoding: {} };
  if (as === 'binary') return { wire, schema: described({ type: 'string' }), example: undefined };
  const isPositional = isByPosition(context, name, media);
  const content = isPositional ? listSchema(media) : contentSchema(type, media);
  const schema = convert(context, content, { where: `${where}/schema`, described: true });
  const example = exampleOf(context, media, schema, as);
  if (as !== 'form' && as !== 'multipart') return { wire, schema: described(schema), example };
  if (isPositional) {
    const list = positionsOf(context, media, { where, schema });
    return { wire: { ...wire, positions: list.positions }, schema: described(list.schema), example };
  }
  const fields = fieldEncodings(context, media, as, { where, schema });
  return { wire: { ...wire, encoding: fields.encoding }, schema: described(fields.schema), example };
}

/** Media types that can be sent, by name; from 3.2 on they may be references (OpenAPI 3.2, 4.14). */
function mediaOf(context: Context, content: unknown, where: string): [string, JsonObject][] {
  return objects(content).flatMap(([name, media]): [string, JsonObject][] => {
    const place = `${where}/content${step(name)}`;
    const target = resolve(context, media, place);
    if (target !== undefined && isMediaType(name)) return [[name, target.value]];
    if (target !== undefined) context.remark({ where: place, what: 'This is no media type.', action: 'left_out' });
    return [];
  });
}

/** Whether the body of an operation is sent as XML. */
export function sendsXml(context: Context, operation: Place): boolean {
  const body = own(operation.value, 'requestBody');
  const place = isObject(body) ? resolve(context, body, `${operation.where}/requestBody`) : undefined;
  return (
    place !== undefined &&
    rankMedia(context, mediaOf(context, own(place.value, 'content'), place.where))[0]?.as === 'xml'
  );
}

function wordsOf(body: JsonObject, schema: JsonSchema, as: HttpBody['as'], type: string): string {
  const own = compact(text(body['description']), 160) || text(schema['description']);
  if (as === 'binary') return [own, `Bytes of the body (${type}), as ${binaryForms}.`].filter(Boolean).join(' ');
  if (as === 'xml') return [own, 'Sent as XML.'].filter(Boolean).join(' ');
  if (own !== '') return own;
  return as === 'json' ? 'Request body.' : `Request body (${type}).`;
}
