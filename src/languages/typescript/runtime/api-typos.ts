/** Words of the index that a word nobody wrote may mean: those it begins, else those few keys away. At most 8. */
export function nearWords(word: string, known: Iterable<string>): string[] {
  const most = word.length < 3 ? 0 : word.length < 8 ? 1 : 2;
  const begun: string[] = [];
  const mistyped: string[] = [];
  for (const other of known) {
    if (word.length >= 3 && other.startsWith(word)) begun.push(other);
    else if (other[0] === word[0] && distance(word, other, most) <= most) mistyped.push(other);
  }
  return [...mistyped, ...begun.sort((one, other) => one.length - other.length)].slice(0, 8);
}

/** Insertions, deletions, changes and swaps of neighbours between two words; more than `most` is not counted out. */
function distance(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row++) {
    const next = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1] ? 0 : 1;
      const swapped = row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      next[at] = Math.min(
        last![at]! + 1,
        next[at - 1]! + 1,
        last![at - 1]! + same,
        swapped ? before![at - 2]! + 1 : Infinity,
      );
    }
    if (Math.min(...next) > most) return most + 1;
    [before, last] = [last, next];
  }
  return last!.at(-1)!;
}
