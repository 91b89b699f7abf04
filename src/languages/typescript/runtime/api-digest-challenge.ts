/** Fields of one challenge, their names in lower case. */
export type Challenge = Readonly<Record<string, string>>;

/** The Digest challenges of a header that may hold those of other schemes too (RFC 9110, 11.6.1). */
export function digestChallenges(header: string): Challenge[] {
  const found: { scheme: string; values: Record<string, string> }[] = [];
  const part = /(?:([\w-]{1,40}) +)?([\w*-]{1,40}) *= *(?:"((?:\\.|[^"\\])*)"|([^\s,"]+))/g;
  for (const [, scheme, name = '', text, token = ''] of header.slice(0, 4000).matchAll(part)) {
    if (scheme !== undefined) found.push({ scheme: scheme.toLowerCase(), values: {} });
    const values = found.at(-1)?.values;
    if (values !== undefined) values[name.toLowerCase()] = text?.replace(/\\(.)/g, '$1') ?? token;
  }
  return found.filter(({ scheme }) => scheme === 'digest').map(({ values }) => values);
}
