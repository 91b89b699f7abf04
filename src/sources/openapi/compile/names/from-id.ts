import { isPlural, nameWords, singular } from './words.ts';

/** What a name is made from. */
export interface Nameable {
  readonly method: string;
  readonly path: string;
  readonly operationId: string | undefined;
  readonly tags: readonly string[];
  /** Whether a list comes back. */
  readonly lists: boolean;
}

/** Names for an operation by its operationId, the shortest first; none when there is no id of words. */
export function namesFromId({ operationId, method, path, tags }: Nameable): string[][] {
  if (operationId === undefined || isCode(operationId)) return [];
  const words = nameWords(operationId);
  if (words.length === 0) return [];
  const first = nameWords(operationId.split(/[_./]/)[0] ?? '');
  const prefixes = [...tags.map(nameWords), ...(first.length < words.length ? [first] : [])];
  const clean = withoutPrefix(withoutPath(withoutController(withoutUsing(words)), method, path), prefixes);
  return (clean.length === 0 ? [words] : [clean, words]).map((name) => startsWell(name, method));
}

/** Numbers and digests that a tool made, in place of words. */
const isCode = (id: string): boolean => /^[0-9a-f-]{16,}$/i.test(id) || /^\d+$/.test(id);

/** Springfox writes `listPetsUsingGET_1`. */
function withoutUsing(words: string[]): string[] {
  const at = words.lastIndexOf('using');
  const rest = words.slice(at + 1);
  const isNoise =
    at > 0 &&
    /^(?:get|post|put|delete|patch|head|options)$/.test(rest[0] ?? '') &&
    rest.length <= 2 &&
    /^\d*$/.test(rest[1] ?? '');
  return isNoise ? words.slice(0, at) : words;
}

/** NestJS and ASP.NET write `PetsController_findAll`. */
function withoutController(words: string[]): string[] {
  const kept = words.filter((word) => word !== 'controller' && word !== 'api_controller');
  return kept.length >= 2 ? kept : words;
}

/** FastAPI writes the function, the whole path and the method: `read_item_items__item_id__get`. */
function withoutPath(words: string[], method: string, path: string): string[] {
  const tail = [...nameWords(path), method.toLowerCase()];
  const head = words.slice(0, -tail.length);
  return head.length > 0 && words.slice(-tail.length).join('_') === tail.join('_') ? head : words;
}

/** `Users_listUsers` says users twice. */
function withoutPrefix(words: string[], prefixes: readonly string[][]): string[] {
  for (const prefix of prefixes) {
    const rest = words.slice(prefix.length);
    if (prefix.length === 0 || rest.length < 2 || words.slice(0, prefix.length).join('_') !== prefix.join('_'))
      continue;
    const things = rest.map(singular);
    if (prefix.every((word) => things.includes(singular(word))) && !isPlural(rest[0] ?? '')) return rest;
  }
  return words;
}

/** Names start with a letter, and a GET whose first word is a thing called like a verb says that it gets it. */
function startsWell(words: string[], method: string): string[] {
  const [first = ''] = words;
  const misleads = method === 'GET' && words.length > 1 && /^(?:post|set|put|patch)$/.test(first);
  return /^[a-z]/.test(first) && !misleads ? words : [method.toLowerCase(), ...words];
}
