import { maxDepth, tooDeep } from './bounds.ts';

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket, comma, colon] = [
  34, 92, 123, 125, 91, 93, 44, 58,
];

/**
 * Walks JSON text once: depth is bounded before anything recurses into it, and keys that stand twice in an object, which
 * JSON.parse passes over in silence, are found. Each is given by line and key, the first `most`.
 * @throws CrafterError INVALID_INPUT for nesting over `maxDepth`.
 */
export function scanJson(text: string, most: number): { readonly line: number; readonly key: string }[] {
  const doubles: { line: number; key: string }[] = [];
  const open: (Set<string> | undefined)[] = [];
  let keys: Set<string> | undefined;
  let key = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      const end = stringEnd(text, index);
      key = keys === undefined ? '' : text.slice(index + 1, end);
      index = end;
    } else if (code === colon && keys !== undefined) {
      if (keys.has(key) && doubles.length < most) doubles.push({ line: lineOf(text, index), key });
      keys.add(key);
    } else if (code === openBrace || code === openBracket) {
      open.push(keys);
      if (open.length > maxDepth) throw tooDeep(`line ${lineOf(text, index)}`);
      keys = code === openBrace ? new Set() : undefined;
    } else if (code === closeBrace || code === closeBracket) keys = open.pop();
    else if (code === comma) key = '';
  }
  return doubles;
}

/** Top-level keys of a JSON object with the character after each one's colon, in order; stops at what is not JSON. */
export function* topKeys(text: string): Generator<readonly [key: string, after: number]> {
  let depth = 0;
  let key = '';
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === quote) {
      const end = stringEnd(text, index);
      if (depth === 1) key = text.slice(index + 1, end);
      index = end;
    } else if (code === openBrace || code === openBracket) depth += 1;
    else if (code === closeBrace || code === closeBracket) {
      depth -= 1;
      if (depth === 0) return;
    } else if (code === colon && depth === 1) yield [key, index + 1];
  }
}

function stringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1 && isEscaped(text, end)) end = text.indexOf('"', end + 1);
  return end === -1 ? text.length : end;
}

function isEscaped(text: string, at: number): boolean {
  let before = at - 1;
  while (text.charCodeAt(before) === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length;
