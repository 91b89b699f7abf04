/** Whether a text fits a pattern in which `*` stands for any characters; letters of either case are one. Linear in time. */
export function matches(pattern: string, text: string): boolean {
  const parts = pattern.toLowerCase().split('*');
  const given = text.toLowerCase();
  if (parts.length === 1) return parts[0] === given;
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (given.length < first.length + last.length || !given.startsWith(first) || !given.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = given.indexOf(part, at);
    if (found === -1 || found + part.length > given.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}

/** Whether words pass a list of patterns: none that begins with `!` fits one of them, and one of the others does, if there are any. */
export function passes(patterns: readonly string[] | undefined, words: readonly string[]): boolean {
  if (patterns === undefined || patterns.length === 0) return true;
  const fits = (pattern: string): boolean => words.some((word) => matches(pattern, word));
  const wanted = patterns.filter((pattern) => !pattern.startsWith('!'));
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1)))) return false;
  return wanted.length === 0 || wanted.some(fits);
}
