import { defineSource, invalidInput } from '../../spec/index.ts';
import type { Problem } from '../../errors.ts';
import { isProblem, readComplexity, readLanguage, readServerName } from '../names.ts';
import { compile } from './compile/index.ts';
import { looksLikeApi, readDocument } from './document/index.ts';

/** API documents: each operation becomes a tool. */
export const openapiSource = defineSource({
  kind: 'openapi',
  summary: 'an OpenAPI (3.0, 3.1, 3.2) or Swagger 2.0 document, as JSON or YAML',
  recognizes: (text) => looksLikeApi(text),
  read: (text, _value, options) => {
    const problems: Problem[] = [];
    const checked = <Value>(read: Value | Problem): Value | undefined => {
      if (!isProblem(read)) return read;
      problems.push(read);
      return undefined;
    };
    const name = options.name === undefined ? undefined : checked(readServerName(options.name, 'name'));
    const complexity =
      options.complexity === undefined ? undefined : checked(readComplexity(options.complexity, 'complexity'));
    checked(readLanguage(options.language, 'language'));
    if (problems.length > 0) throw invalidInput('request', problems);
    const { request, secrets } = compile(readDocument(text, options.api ?? {}), {
      ...options,
      ...(name && { name: name.name }),
    });
    return {
      secrets,
      request: {
        ...request,
        declared: { ...request.declared, ...(complexity && { complexity }) },
        notes: [...(name?.note === undefined ? [] : [name.note]), ...request.notes],
      },
    };
  },
});
