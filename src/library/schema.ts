import type { Json, JsonSchema } from '../spec/index.ts';

/** Pieces of JSON Schema that tools of recipes share. */

const datasetPattern = '^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$';

/** An object schema that refuses unknown properties. */
export function object(properties: Record<string, JsonSchema>, required: readonly string[] = []): JsonSchema {
  return {
    type: 'object',
    properties: properties as Json as JsonSchema,
    required: [...required],
    additionalProperties: false,
  };
}

/** Output objects: every property given is always there, unless named in `optional`. */
export function answer(properties: Record<string, JsonSchema>, optional: readonly string[] = []): JsonSchema {
  return object(
    properties,
    Object.keys(properties).filter((name) => !optional.includes(name)),
  );
}

export function text(description: string, maxLength: number, more: JsonSchema = {}): JsonSchema {
  return { type: 'string', description, maxLength, ...more };
}

export function integer(description: string, minimum: number, maximum: number, more: JsonSchema = {}): JsonSchema {
  return { type: 'integer', description, minimum, maximum, ...more };
}

export function flag(description: string, standard: boolean): JsonSchema {
  return { type: 'boolean', description, default: standard };
}

export function choice(description: string, values: readonly string[], standard?: string): JsonSchema {
  return { type: 'string', description, enum: [...values], ...(standard === undefined ? {} : { default: standard }) };
}

export function list(description: string, items: JsonSchema, maxItems: number, more: JsonSchema = {}): JsonSchema {
  return { type: 'array', description, items, maxItems, ...more };
}

/** A column name as given in arguments. */
export function column(description: string): JsonSchema {
  return text(description, 200, { minLength: 1 });
}

export function columns(description: string, more: JsonSchema = {}): JsonSchema {
  return list(description, column('Column name.'), 200, more);
}

/** Name of a dataset that must exist. */
export function dataset(description = 'Name of the dataset to read, as an earlier tool returned it.'): JsonSchema {
  return text(description, 64, { minLength: 1, pattern: datasetPattern });
}

/** Name for the dataset that a tool makes. */
export function newDataset(description: string): JsonSchema {
  return text(description, 64, { minLength: 1, pattern: datasetPattern });
}

/** A file to read, in the workspace or a granted folder. */
export function path(description: string): JsonSchema {
  return text(description, 1_024, { minLength: 1 });
}

export const count = (description: string): JsonSchema => ({ type: 'integer', description, minimum: 0 });

export const row: JsonSchema = { type: 'object', additionalProperties: true };

/** The properties that every answer with a dataset has. */
export const datasetAnswer: Record<string, JsonSchema> = {
  dataset: { type: 'string', description: 'Name of the dataset that was made.' },
  rows: count('Rows in it.'),
  columns: { type: 'array', items: { type: 'string' }, description: 'Its columns, in order of first sight.' },
  preview: { type: 'array', items: row, maxItems: 5, description: 'Its first rows, long values cut.' },
  file: { type: 'string', description: 'Its file, one JSON object a line.' },
};

/** Annotations of a tool that only looks. */
export const readOnly = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };

/** Annotations of a tool that adds files to the workspace; the same call gives the same files. */
export const addsFiles = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false };

const encodings = [
  'auto',
  'utf-8',
  'utf-16le',
  'utf-16be',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-2',
  'iso-8859-15',
  'shift_jis',
  'gb18030',
  'euc-kr',
];

/** `path` or `text`, and `encoding`: what a tool that reads a text takes. */
export function textInput(kind: string): Record<string, JsonSchema> {
  return {
    path: path(`${kind} file to read, in the workspace or a granted folder. Give either path or text.`),
    text: text(`The ${kind} itself, when there is no file.`, 1_000_000),
    encoding: choice('Encoding of the file.', encodings, 'auto'),
  };
}
