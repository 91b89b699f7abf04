import type { Json } from '../../../../spec/index.ts';
import { own, textOf } from '../tree.ts';
import type { JsonObject } from '../types.ts';
import { convertSchema } from './schemas.ts';
import type { Conversion } from './types.ts';
import { isArray, joined, schemaOf, styleOf } from './value-schema.ts';

const formType = 'application/x-www-form-urlencoded';
const multipartType = 'multipart/form-data';
const isForm = (type: string): boolean => type.startsWith(formType) || type.startsWith('multipart/');

/** The body parameter as a request body, once for each media type consumed. */
export function bodyOf(conversion: Conversion, parameter: JsonObject, consumes: readonly string[]): JsonObject {
  const schema = own(parameter, 'schema') ?? {};
  convertSchema(conversion, schema);
  const example = own(parameter, 'x-example');
  const media = { schema, ...(example === undefined ? {} : { example }) };
  const types = consumes.length === 0 ? ['application/json'] : consumes;
  return requestBody(
    parameter['description'],
    parameter['required'] === true,
    Object.fromEntries(types.map((type) => [type, media])),
  );
}

/** The formData parameters as a request body: multipart when a file is among them or only that is consumed, else a form. */
export function formOf(
  conversion: Conversion,
  fields: readonly JsonObject[],
  consumes: readonly string[],
  where: string,
): JsonObject {
  const named = fields.filter((field) => typeof field['name'] === 'string');
  const properties = Object.fromEntries(
    named.map((field) => [String(field['name']), fieldSchema(conversion, field, where)]),
  );
  const required = named.filter((field) => field['required'] === true).map((field) => String(field['name']));
  const schema = { type: 'object', properties, ...(required.length === 0 ? {} : { required }) };
  const hasFile = named.some((field) => isFile(field) || isFile(own(field, 'items')));
  const forms = consumes.filter((type) => isForm(type) && !(hasFile && type.startsWith(formType)));
  const types = forms.length > 0 ? forms : [hasFile ? multipartType : formType];
  const encoding = Object.fromEntries(named.flatMap(fieldEncoding));
  const media = { schema, ...(Object.keys(encoding).length === 0 ? {} : { encoding }) };
  return requestBody(undefined, required.length > 0, Object.fromEntries(types.map((type) => [type, media])));
}

const isFile = (value: unknown): boolean => own(value, 'type') === 'file';

function fieldSchema(conversion: Conversion, field: JsonObject, where: string): JsonObject {
  const description = textOf(own(field, 'description'));
  const example = own(field, 'x-example');
  const schema =
    styleOf(field, 'formData') === undefined ? joined(conversion, field, where) : schemaOf(conversion, field, where);
  return {
    ...schema,
    ...(description === undefined ? {} : { description }),
    ...(example === undefined ? {} : { example }),
  };
}

function fieldEncoding(field: JsonObject): [string, JsonObject][] {
  const style = isArray(field) && !isFile(own(field, 'items')) ? styleOf(field, 'formData') : undefined;
  return style === undefined ? [] : [[String(field['name']), { ...style }]];
}

const requestBody = (description: Json | undefined, required: boolean, content: JsonObject): JsonObject => ({
  ...(typeof description === 'string' ? { description } : {}),
  required,
  content,
});
