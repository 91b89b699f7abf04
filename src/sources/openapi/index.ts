import { CrafterError } from '../../errors.ts';
import { defineSource } from '../../spec/index.ts';

/** API descriptions are recognised, so that the answer is clear; this version has no reader for them. */
export const openapiSource = defineSource({
  kind: 'openapi',
  summary: 'an OpenAPI or Swagger document (recognised; not part of this version)',
  recognizes: (text, value) => {
    if (value === undefined)
      return /^(?:\s*#.*\n|---\s*\n)*\s*["']?(?:openapi|swagger)["']?\s*:\s*["']?\d/.test(text.slice(0, 4096));
    return (
      value !== null &&
      typeof value === 'object' &&
      (Object.hasOwn(value, 'openapi') || Object.hasOwn(value, 'swagger'))
    );
  },
  read: () => {
    throw new CrafterError('NOT_SUPPORTED', 'Servers from an OpenAPI document are not part of this version.', {
      hint: 'Name the operations you need in plain words ("a client for the orders API: list and create orders"), or write them as custom_tools in a form.',
    });
  },
});
