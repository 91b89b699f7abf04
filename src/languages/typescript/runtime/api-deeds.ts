import { isDeed, termOf, wordsOf } from './api-words.ts';

/** How likely an operation is meant by who asks for a deed (none: undefined), and for many things or one. */
export type Deeds = (asked: string | undefined, many: boolean) => number;

const [get, list, create, update, remove, search] = ['get', 'list', 'create', 'update', 'delete', 'search'].map(termOf);

/** Deeds that people mix up, or that one call may do for the other. */
const akin = new Set([
  `${get} ${list}`,
  `${list} ${get}`,
  `${list} ${search}`,
  `${search} ${list}`,
  `${get} ${search}`,
]);

/** What an operation does: by the words of its name, else by its method (RFC 9110, 9.3). */
export function deedsOf(name: string, method: string, path: string): Deeds {
  const { head, tail } = wordsOf(name);
  const named = new Set([...head, ...tail].map(termOf).filter(isDeed));
  const collection = !path.endsWith('}');
  const usual = byMethod(method, collection);
  // A GET of a collection lists it, whether its name says get, list or search.
  const does = new Set([...named, ...(named.size === 0 || method === 'GET' ? usual : [])]);
  return (asked, many) => {
    const number = method !== 'GET' || collection === many ? 1 : 0.85;
    if (asked === undefined) return number * (method === 'GET' ? 1.2 : 1);
    if (named.has(asked) || (does.has(asked) && named.size === 0)) return 1.3 * number;
    if (does.has(asked)) return 1.25 * number;
    return ([...does].some((deed) => akin.has(`${asked} ${deed}`)) ? 1.05 : 0.55) * number;
  };
}

function byMethod(method: string, collection: boolean): (string | undefined)[] {
  switch (method) {
    case 'GET':
    case 'HEAD':
      return [collection ? list : get];
    case 'QUERY':
      return [search];
    case 'POST':
      return [create, ...(collection ? [] : [update])];
    case 'PUT':
    case 'PATCH':
      return [update];
    case 'DELETE':
      return [remove];
    default:
      return [];
  }
}
