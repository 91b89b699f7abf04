/** Brackets open at once in a tool's code. */
export const mostDepth = 500;

/** Parsers go down a call deeper for each bracket, checkers and bundlers too. */
export function tooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string;
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth > mostDepth) return true;
  }
  return false;
}
