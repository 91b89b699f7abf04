import { distance } from 'fastest-levenshtein';
import { famous, neighbours } from './famous.ts';

/**
 * The famous name that a package's name imitates: one edit away (a letter more, fewer, other or swapped), or the same but
 * for separators. Names under five letters and known neighbours are left alone.
 */
export function resembles(name: string): string | undefined {
  if (name.startsWith('@') || name.length < 5 || famous.includes(name) || neighbours.has(name)) return undefined;
  const plain = (text: string): string => text.replace(/[-_.]|js$/g, '');
  return famous.find((known) => {
    if (known.length < 4) return false;
    if (plain(known) === plain(name) && plain(name).length >= 5) return true;
    return known.length >= 5 && (distance(known, name) === 1 || swapped(known, name));
  });
}

function swapped(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differing = [...a].flatMap((letter, index) => (letter === b[index] ? [] : [index]));
  const [first, second] = differing;
  return differing.length === 2 && second === first! + 1 && a[first!] === b[second] && a[second] === b[first!];
}
