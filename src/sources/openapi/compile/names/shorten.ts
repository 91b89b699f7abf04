/** Longest name of a tool: clients refuse longer ones. */
const longest = 64;

const filler = new Set(['the', 'of', 'a', 'an', 'for', 'and', 'with', 'in', 'to', 'from', 'on', 'or']);

/**
 * Words as a name of at most 64 characters. What does not fit loses first its filler words, then words said twice, then
 * words from the middle: the verb in front and the thing at the end say most. `mark` then keeps it apart from its like.
 */
export function shortened(words: readonly string[], mark: string): string {
  const given = words.map((word) => word.slice(0, 40));
  const fits = (list: readonly string[]): boolean => list.join('_').length <= longest;
  if (fits(given)) return given.join('_');
  const dense = given.filter((word, at) => at === 0 || !filler.has(word));
  if (fits(dense)) return dense.join('_');
  const once = dense.filter((word, at) => dense.indexOf(word) === at);
  if (fits(once)) return once.join('_');
  // The mark stands for what was dropped: names that differ only there stay apart whatever else the document holds.
  const kept = [...once];
  while (kept.length > 2 && !fits([...kept, mark])) kept.splice(Math.floor(kept.length / 2), 1);
  return [...kept, mark].join('_').slice(0, longest).replace(/_+$/, '');
}
