import { defineSource } from '../../spec/index.ts';
import { compile } from './compile/index.ts';
import { looksLikeApi, readDocument } from './document/index.ts';

/** OpenAPI 3.0, 3.1, 3.2 and Swagger 2.0 documents, in JSON or YAML. */
export const openapiSource = defineSource({
  kind: 'openapi',
  summary: 'an OpenAPI or Swagger document, in JSON or YAML',
  recognizes: (text) => looksLikeApi(text),
  read: (text, _value, options) => compile(readDocument(text, options.api ?? {}), options),
});
