import { distance } from 'fastest-levenshtein';
import { famous, famousScoped, famousScopes, neighbours } from './famous.ts';

/** Famous scoped names by how they are written without the sign of their scope: `@types/node` as `types-node`. */
const joined: ReadonlyMap<string, string> = new Map(
  famousScoped.map((name) => [name.slice(1).replace('/', '-'), name]),
);

/**
 * The famous name that a package's name imitates, or the famous scope (`@types`) that its scope does: one edit away (a
 * letter more, fewer, other or swapped), the same but for separators, or a scoped name without the sign of its scope. Of
 * famous names under five letters only doubled letters are told; known neighbours are left alone.
 */
export function resembles(name: string): string | undefined {
  const [, scope] = /^@([^/]+)\//.exec(name) ?? [];
  if (scope !== undefined) {
    const known = neighbours.has(`@${scope}`) ? undefined : imitated(scope, famousScopes, 4);
    return known === undefined ? undefined : `@${known}`;
  }
  if (famous.includes(name) || neighbours.has(name)) return undefined;
  const without = joined.has(name) ? name : imitated(name, [...joined.keys()]);
  return without === undefined ? imitated(name, famous) : joined.get(without);
}

/** @param least letters of a name that is compared. */
function imitated(name: string, all: readonly string[], least = 5): string | undefined {
  if (all.includes(name)) return undefined;
  return all.find((known) => {
    if (known.length < 3) return false;
    if (known.length < 5) return single(known) === single(name) && name.length === known.length + 1;
    if (name.length < least) return false;
    if (plain(known) === plain(name) && plain(name).length >= 5) return true;
    return distance(known, name) === 1 || swapped(known, name);
  });
}

const plain = (text: string): string => text.replace(/[-_.]|js$/g, '');
/** Without repeated letters. */
const single = (text: string): string => text.replace(/(.)\1+/g, '$1');

function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differing = [...a].flatMap((letter, index) => (letter === b[index] ? [] : [index]));
  const [first, second] = differing;
  return differing.length === 2 && second === first! + 1 && a[first!] === b[second] && a[second] === b[first!];
}
