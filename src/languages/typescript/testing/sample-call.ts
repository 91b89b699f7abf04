import type { ApiFile, ApiOperation, HttpParameter, Positions } from '../runtime/api-file.ts';
import { chosenBody } from '../runtime/api-body.ts';
import { textsFor } from './text-of.ts';
import { valueOf, type Sampling } from './value-of.ts';

export interface Care extends Omit<Sampling, 'schemas' | 'textOf'> {
  /** Texts hold characters that must be encoded on the wire. */
  readonly odd: boolean;
}

/** An API with the document's own examples: operation to argument to value. */
export type Shown = Pick<ApiFile, 'schemas'> & {
  readonly examples?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};

/** What is tried in turn, until arguments fit: documents hold examples that do not. */
export const cares: readonly Care[] = [
  { full: true, examples: true, odd: true },
  { full: true, examples: false, odd: true },
  { full: true, examples: false, odd: false },
  { full: false, examples: false, odd: false },
];

const oddText = 'a b/c?d=e&f+gü%41';

/** Arguments for one call of an operation: the document's examples, the others by its schema. */
export function sampleCall(api: Shown, operation: ApiOperation, care: Care): Record<string, unknown> {
  const { name, inputSchema, implementation } = operation;
  const own = (inputSchema['$defs'] ?? {}) as NonNullable<ApiFile['schemas']>;
  const sampling = { ...care, textOf: textsFor(api), schemas: { ...api.schemas, ...own } };
  const made = valueOf(inputSchema, sampling) as Record<string, unknown>;
  if (care.examples) Object.assign(made, api.examples?.[name]);
  const { parameters = [], body } = implementation;
  for (const parameter of care.odd ? parameters : [])
    if (takesOddText(parameter, made[parameter.argument])) made[parameter.argument] = oddText;
  if (body !== undefined && made[body.argument] !== undefined) {
    const { as, encoding = {}, positions } = chosenBody(body, made);
    const value = made[body.argument];
    if (positions !== undefined) made[body.argument] = withBytes(value, positions);
    else made[body.argument] = as === 'binary' ? 'text:bytes' : withFiles(value, encoding);
  }
  return made;
}

/** Where a value is a free text, and all of it is encoded. */
function takesOddText({ in: place, allowReserved, content }: HttpParameter, value: unknown): boolean {
  return value === 'text' && (place === 'path' || place === 'query') && allowReserved !== true && content === undefined;
}

function withFiles(value: unknown, encoding: Readonly<Record<string, { readonly binary?: boolean }>>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, field]): [string, unknown] => {
    if (encoding[name]?.binary !== true) return [name, field];
    return [name, Array.isArray(field) ? field.map((_, index) => `text:bytes ${index}`) : 'text:bytes'];
  });
  return Object.fromEntries(entries);
}

/** Bytes where parts of a list are to be bytes. */
function withBytes(value: unknown, { prefix, items }: Positions): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown, at) => {
    const { binary, parts } = prefix[at] ?? items;
    return parts === undefined ? (binary === true ? `text:bytes ${at}` : item) : withBytes(item, parts);
  });
}
