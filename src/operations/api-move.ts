import { invalidInput } from '../spec/index.ts';
import type { Blueprint } from '../spec/index.ts';
import { apiOptionsOf } from './api-fields.ts';
import type { ApiInput } from './api-fields.ts';

interface Given extends ApiInput {
  readonly allow_hosts?: string[] | undefined;
  readonly environment?: Record<string, string> | undefined;
}

/**
 * An update without a document: `base_url` moves the server to another address and grants its host. Whatever else goes
 * with a document is refused, since there is none to apply it to.
 * @throws CrafterError INVALID_INPUT naming each field.
 */
export function withMove<Input extends Given>(input: Input, { api }: Blueprint): Input {
  const { baseUrl, location: _path, files: _files, ...others } = apiOptionsOf(input) ?? {};
  const problems = Object.keys(others).map((field) => ({
    field: field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    message: 'goes with an OpenAPI document only',
    remedy: 'Give the document again with it: mcp-crafter update NAME FILE …',
  }));
  const variable = api?.servers[0]?.variable;
  if (baseUrl !== undefined && variable === undefined)
    problems.push({ field: 'base_url', message: 'the server was made from no API document', remedy: 'Leave it out.' });
  if (baseUrl !== undefined && !(/^https?:\/\//i.test(baseUrl) && URL.canParse(baseUrl)))
    problems.push({ field: 'base_url', message: 'is no http or https URL', remedy: 'Write it as https://HOST/PATH.' });
  if (problems.length > 0) throw invalidInput('input', problems);
  if (baseUrl === undefined || variable === undefined) return input;
  return {
    ...input,
    base_url: undefined,
    environment: { ...input.environment, [variable]: baseUrl },
    allow_hosts: [...(input.allow_hosts ?? []), baseUrl],
  };
}
