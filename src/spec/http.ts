import { z } from 'zod';
import type { Json } from './json.ts';

/** How one operation of an HTTP API is called: the wire side of a tool. The source of styles is OpenAPI 3.1, 4.8.12. */

const parameter = z.strictObject({
  /** Property of the tool's input that holds the value. */
  argument: z.string(),
  /** Name on the wire. */
  name: z.string(),
  in: z.enum(['path', 'query', 'querystring', 'header', 'cookie']),
  style: z.enum([
    'simple',
    'label',
    'matrix',
    'form',
    'spaceDelimited',
    'pipeDelimited',
    'tabDelimited',
    'deepObject',
    'cookie',
  ]),
  explode: z.boolean(),
  required: z.boolean().default(false),
  /** Reserved characters stay as they are (query). */
  allowReserved: z.boolean().default(false),
  /** Media type by which the value is written instead of by style. */
  content: z.string().optional(),
});

/** How one field of a form or multipart body is written. */
const fieldEncoding = z.strictObject({
  contentType: z.string().optional(),
  style: parameter.shape.style.optional(),
  explode: z.boolean().optional(),
  allowReserved: z.boolean().optional(),
  /** The value is base64, `file:PATH` or `text:…`, and is sent as the bytes. */
  binary: z.boolean().optional(),
});

/** One part of a multipart body without names (OpenAPI 3.2, Encoding By Position). */
const leafPart = z.strictObject({
  contentType: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
  binary: z.boolean().optional(),
});
/** By position; `items` is that of all others. */
const positionsOf = <Part extends z.ZodType>(part: Part) =>
  z.strictObject({ prefix: z.array(part).max(200), items: part });
const part = leafPart.extend({ parts: positionsOf(leafPart).optional() });

const bodyMedia = z.strictObject({
  /** Media type sent. */
  type: z.string(),
  /** How the value becomes bytes; `binary` takes base64, `file:PATH` or `text:…`. */
  as: z.enum(['json', 'form', 'multipart', 'text', 'xml', 'binary']),
  /** Fields of a form or multipart body that need more than the default. */
  encoding: z.record(z.string(), fieldEncoding).default({}),
  /** The value is a list, and each of its items a part of a multipart body. */
  positions: positionsOf(part).optional(),
});

const body = bodyMedia.extend({
  /** Property of the tool's input that holds the body, as it is. */
  argument: z.string(),
  required: z.boolean(),
  /** Property of the tool's input that may name another media type, and those that it may name. */
  choice: z.strictObject({ argument: z.string(), alternatives: z.array(bodyMedia) }).optional(),
});

/** Where the next page is found. `at` is a path of property names into the answer. */
const pagination = z.discriminatedUnion('kind', [
  /** The answer holds a cursor that goes into an argument. */
  z.strictObject({ kind: z.literal('cursor'), argument: z.string(), at: z.array(z.string()) }),
  /** The answer holds the next page's address; its query holds the arguments. */
  z.strictObject({ kind: z.literal('url'), at: z.array(z.string()) }),
  /** The number of the first item, counted on by the items of the answer. */
  z.strictObject({
    kind: z.literal('offset'),
    argument: z.string(),
    items: z.array(z.string()),
    size: z.string().optional(),
  }),
  /** The number of a page. */
  z.strictObject({
    kind: z.literal('page'),
    argument: z.string(),
    first: z.int(),
    items: z.array(z.string()),
    size: z.string().optional(),
  }),
  /** The Link header of the answer (RFC 8288). */
  z.strictObject({ kind: z.literal('link') }),
]);

export const httpOperation = z.strictObject({
  kind: z.literal('http'),
  operationId: z.string().optional(),
  /** Any token (RFC 9110, 5.6.2), in the capitalization that is sent. */
  method: z.string().regex(/^[\w!#$%&'*+.^`|~-]{1,40}$/),
  /** Path as the document has it, with `{name}` for path parameters. */
  path: z.string(),
  /** Index into the API's servers. */
  server: z.int().default(0),
  tags: z.array(z.string()).default([]),
  parameters: z.array(parameter).default([]),
  body: body.optional(),
  /** Alternatives; of one, every scheme is needed (name to scopes). None: anonymous. An empty one: anonymous is allowed. */
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  /** Media types of successful answers, as the Accept header names them. */
  accept: z.array(z.string()).default([]),
  pagination: pagination.optional(),
  /** The document's own examples, by argument; what tries the operation uses them, the server does not. */
  examples: z.record(z.string(), z.json() as unknown as z.ZodType<Json>).optional(),
});

export type HttpOperation = z.infer<typeof httpOperation>;
export type HttpParameter = HttpOperation['parameters'][number];
export type HttpBody = NonNullable<HttpOperation['body']>;
export type BodyMedia = z.infer<typeof bodyMedia>;
export type PartEncoding = NonNullable<BodyMedia['positions']>['items'];
export type FieldEncoding = HttpBody['encoding'][string];
export type Pagination = NonNullable<HttpOperation['pagination']>;
