import { bytesOf } from './api-bytes.ts';
import { plainText } from './api-encode.ts';
import type { HttpBody, Schema } from './api-file.ts';
import { formText } from './api-form.ts';
import { multipart } from './api-multipart.ts';
import { multipartList } from './api-parts.ts';
import { sequenceOf, writeSequence } from './api-sequence.ts';
import { xmlDocument, type Resolve } from './api-xml.ts';
import type { FolderContext } from './context.ts';
import { ToolError } from './errors.ts';
import { isRecord } from './schema.ts';

/** A body as it is sent. */
export interface WireBody {
  readonly type: string;
  readonly content: string | Buffer;
}

/** What a body's XML needs to know of its schema. */
export interface BodySchema {
  readonly schema: Schema | undefined;
  readonly resolve: Resolve;
}

/** The body as a call names it: of the preferred media type, or of the one chosen. */
export function chosenBody(body: HttpBody, args: Readonly<Record<string, unknown>>): HttpBody {
  const { choice, ...preferred } = body;
  const chosen = choice?.alternatives.find(({ type }) => type === args[choice.argument]);
  return chosen === undefined ? preferred : { argument: body.argument, required: body.required, ...chosen };
}

/**
 * Writes the body of a call, or nothing when there is none.
 * @throws ToolError when the value cannot be written as its kind of body.
 */
export async function writeBody(
  body: HttpBody,
  value: unknown,
  context: Partial<FolderContext>,
  schema: () => BodySchema,
): Promise<WireBody | undefined> {
  if (value === undefined) return undefined;
  const { argument, type, encoding = {} } = body;
  switch (body.as) {
    case 'json':
      return { type: type.includes('*') ? 'application/json' : type, content: JSON.stringify(value) };
    case 'form':
      return { type, content: isRecord(value) ? formText(value, encoding) : textOnly(value, argument) };
    case 'multipart': {
      if (body.positions !== undefined && Array.isArray(value)) {
        const { type: whole, bytes } = await multipartList(value, body.positions, {
          type,
          argument,
          context,
          ...schema(),
        });
        return { type: whole, content: bytes };
      }
      if (!isRecord(value)) throw notFields(argument);
      const { type: whole, bytes } = await multipart(value, encoding, type, context);
      return { type: whole, content: bytes };
    }
    case 'xml': {
      const { schema: of, resolve } = schema();
      return { type, content: xmlDocument(value, of, argument, resolve) };
    }
    case 'binary':
      return { type: concrete(type), content: (await bytesOf(value, argument, context)).bytes };
    case 'text': {
      const sequence = Array.isArray(value) ? sequenceOf(type) : undefined;
      const content = sequence === undefined ? plainText(value) : writeSequence(sequence, value as unknown[]);
      return { type: concrete(type), content };
    }
  }
}

function textOnly(value: unknown, argument: string): string {
  if (typeof value === 'string') return value;
  throw notFields(argument);
}

function notFields(argument: string): ToolError {
  return new ToolError(`${argument} is sent as a form, but the value has no fields.`, `Give ${argument} as an object.`);
}

/** A range of types cannot be sent. */
function concrete(type: string): string {
  return type.includes('*') ? (type.startsWith('text/') ? 'text/plain' : 'application/octet-stream') : type;
}
