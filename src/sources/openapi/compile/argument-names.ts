import { sha256 } from '../../../util/index.ts';

/** Names that clients and models take for a property: OpenAI and Anthropic refuse others. */
const sane = /^[\w.-]{1,64}$/;

/**
 * A name for each parameter's argument: as the document has it where that is sane, else its letters and digits.
 * Of parameters in several places with one name, the first keeps it and the others say where they go: `id`, `id_in_query`.
 */
export function argumentNames(parameters: readonly { readonly name: string; readonly in: string }[]): string[] {
  const taken = new Set<string>();
  return parameters.map(({ name, in: location }) => {
    const base = sane.test(name) && name !== '__proto__' ? name : made(name, location);
    const free = [base, `${base.slice(0, 50)}_in_${location}`].find((candidate) => !taken.has(candidate));
    const unique = free ?? `${base.slice(0, 50)}_${sha256(`${location} ${name}`).slice(0, 6)}`;
    taken.add(unique);
    return unique;
  });
}

/** `filter[created][gte]` is filter_created_gte, `$top` is top. */
function made(name: string, location: string): string {
  const plain = name
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]+/g, '_')
    .replace(/^[_.-]+|[_.-]+$/g, '')
    .slice(0, 64);
  if (plain !== '') return plain;
  return name === '' ? location : `${location}_${sha256(name).slice(0, 6)}`;
}

/** The argument of the request body: `body`, or another word where a parameter is called so. */
export function bodyName(taken: readonly string[]): string {
  return ['body', 'request_body', 'request_payload'].find((name) => !taken.includes(name)) ?? 'request_body_content';
}

/** The argument that names the media type of the body, where there is a choice. */
export function bodyTypeName(body: string, taken: readonly string[]): string {
  return [`${body}_type`, `${body}_media_type`].find((name) => !taken.includes(name)) ?? `${body}_content_media_type`;
}
