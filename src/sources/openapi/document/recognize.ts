import { topKeys } from './json-scan.ts';

const marks = new Set(['openapi', 'swagger', 'swaggerVersion']);

/** A line of YAML that begins an API document: the key at the margin with a version beside it. */
const yamlMark =
  /^(?:(["'])(?:openapi|swagger|swaggerVersion)\1|openapi|swagger|swaggerVersion)[ \t]*:[ \t]+["']?v?\d/m;

/** How much of a YAML text is looked at: the mark may stand after long descriptions, yet nobody writes it at the end of a wish. */
const looked = 1_000_000;

/**
 * Whether a text is an API document, told without parsing it whole: JSON has the word among its outermost keys with a
 * version beside it; YAML has it at the margin, and every line before it is part of a mapping too.
 */
export function looksLikeApi(text: string): boolean {
  if (/^\s*\{/.test(text)) return jsonMark(text);
  const match = yamlMark.exec(text.slice(0, looked));
  return match !== null && text.slice(0, match.index).split('\n').every(isYamlLine);
}

function jsonMark(text: string): boolean {
  for (const [key, after] of topKeys(text))
    if (marks.has(key) && /^\s*"?v?\d/.test(text.slice(after, after + 40))) return true;
  return /^\s*\{\s*(?:openapi|swagger)\s*:\s*["']?\d/.test(text);
}

/** Blank, a comment, a marker, indented, an item, or a key at the margin. */
const isYamlLine = (line: string): boolean =>
  /^(?:\s|$|#|---|%|-\s|[{}[\]])|^["']?[\w$.-]+["']?\s*:(?:\s|$)/.test(line);
