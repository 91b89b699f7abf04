import type { BodyMedia, HttpBody, Json, JsonSchema } from '../../../spec/index.ts';
import { canonicalJson } from '../../../util/index.ts';
import { bodyTypeName } from './argument-names.ts';
import { hasBytes, isBytes } from './body-media.ts';
import type { ChosenMedia } from './body-media.ts';
import { own } from './json.ts';
import { essence } from './media.ts';
import { behind } from './schema/reference.ts';
import { typesOf } from './schema/simple.ts';
import type { Context } from './types.ts';

/** A media type of a body with the schema of its value. */
export interface CompiledMedia {
  readonly wire: BodyMedia;
  readonly schema: JsonSchema;
  readonly example: Json | undefined;
}

/** The argument by which a media type is chosen. */
export interface BodyChoice {
  readonly wire: NonNullable<HttpBody['choice']>;
  readonly schema: JsonSchema;
}

interface Offered {
  readonly preferred: ChosenMedia;
  readonly first: CompiledMedia;
  readonly others: readonly ChosenMedia[];
  compile(media: ChosenMedia): CompiledMedia;
}

/** Most media types of one body; documents list images by the dozen. */
const most = 12;

/**
 * A choice of media types (OpenAPI 3.1.1, 4.8.13 and 4.8.14), where others can carry what the preferred one cannot: a
 * value of another shape, or bytes. The body's schema is then any of theirs.
 */
export function offerChoice(
  context: Context,
  { preferred, first, others, compile }: Offered,
  argument: string,
  taken: readonly string[],
): { schema: JsonSchema; choice: BodyChoice | undefined } {
  const said = new Set([keyOf(context, preferred, first)]);
  const alternatives: CompiledMedia[] = [];
  for (const media of preferred.as === 'xml' ? [] : others) {
    if (alternatives.length + 1 >= most || !isApart(context, media, preferred)) continue;
    const compiled = compile(media);
    const key = keyOf(context, media, compiled);
    if (!said.has(key)) alternatives.push(compiled);
    said.add(key);
  }
  if (alternatives.length === 0) return { schema: first.schema, choice: undefined };
  const all = [first, ...alternatives];
  const name = bodyTypeName(argument, taken);
  const shapes = all.map(({ schema }) => shapeOf(schema));
  const different = all.filter((_, at) => shapes.indexOf(shapes[at]!) === at);
  const schema: JsonSchema = {
    type: 'string',
    enum: all.map(({ wire }) => wire.type),
    default: first.wire.type,
    description: `Media type of ${argument}.`,
  };
  return {
    schema: different.length === 1 ? first.schema : unionOf(different),
    choice: { wire: { argument: name, alternatives: alternatives.map(({ wire }) => wire) }, schema },
  };
}

/** Whether a media type can be another thing than the same value in another writing. */
function isApart(context: Context, { name, as, media }: ChosenMedia, preferred: ChosenMedia): boolean {
  // What XML and the like say of a value, JSON says too.
  if (as === 'xml') return false;
  const given = own(media, 'schema');
  const schema = behind(context, given);
  if (as !== 'text' && as !== 'binary') {
    const isSame = canonicalJson(given ?? {}) === canonicalJson(own(preferred.media, 'schema') ?? {});
    return !isSame || (as === 'multipart' && hasBytes(context, schema));
  }
  if (schema === undefined) return !name.includes('*');
  const types = typesOf(schema);
  return !name.includes('*') && (isBytes(schema) || (types?.includes('string') ?? Object.keys(schema).length === 0));
}

/** Media types of one key say the same. Bytes and texts are of their type; other values are what their schema says. */
function keyOf(context: Context, { type, as, media }: ChosenMedia, { schema }: CompiledMedia): string {
  if (as === 'binary' || as === 'text') return essence(type);
  const bytes = as === 'multipart' && hasBytes(context, behind(context, own(media, 'schema')));
  return `${bytes ? 'bytes ' : ''}${shapeOf(schema)}`;
}

const shapeOf = ({ description: _words, title: _title, examples: _examples, ...shape }: JsonSchema): string =>
  canonicalJson(shape);

function unionOf(media: readonly CompiledMedia[]): JsonSchema {
  const words = media[0]?.schema['description'];
  return {
    description: typeof words === 'string' ? words : 'Request body.',
    anyOf: media.map(({ wire: { as, type }, schema }) =>
      as === 'binary' ? schema : { ...schema, description: `As ${type}.` },
    ),
  };
}
