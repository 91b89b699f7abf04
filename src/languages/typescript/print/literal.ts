import type { Json } from '../../../spec/index.ts';

const lineWidth = 120;
const identifier = /^[A-Za-z_$][\w$]*$/;

/**
 * A JSON value as a TypeScript literal, laid out as the formatter leaves it: objects one field a line, arrays on one line
 * where they fit. `indent` is the depth of the line it starts on, `used` the columns before it on that line.
 */
export function literal(value: Json, indent = 0, used = 0): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return number(value);
  if (value === null || typeof value !== 'object') return String(value);
  return Array.isArray(value) ? array(value, indent, used) : object(value, indent, used);
}

/** A string in single quotes, or in double quotes where that needs fewer escapes. Nothing in it can end the literal. */
export function quote(text: string): string {
  const singles = text.split("'").length;
  const doubles = text.split('"').length;
  const escaped = JSON.stringify(text).slice(1, -1).replace(invisible, escapeCharacter);
  return singles > doubles ? `"${escaped}"` : `'${escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A field name, quoted only where it must be. `__proto__` is computed, or it would set the prototype. */
function fieldName(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return identifier.test(name) ? name : quote(name);
}

/** Line separators and characters that readers do not see: written as escapes. */
const invisible = /[\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|[\u{E0000}-\u{E007F}]/gu;

function escapeCharacter(character: string): string {
  return [...Array(character.length).keys()]
    .map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}

function number(value: number): string {
  const text = String(value);
  return /^\d{5,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, '_') : text;
}

function object(value: { [key: string]: Json }, indent: number, used: number): string {
  const names = Object.keys(value);
  if (names.length === 0) return '{}';
  if (indent > 0 && names.every((name) => isFlat(value[name]!))) {
    const line = `{ ${names.map((name) => `${fieldName(name)}: ${literal(value[name]!)}`).join(', ')} }`;
    // Room for what follows on the line.
    if (used + line.length + 3 <= lineWidth) return line;
  }
  const pad = '  '.repeat(indent + 1);
  return `{\n${names.map((name) => `${pad}${field(name, value[name]!, indent + 1)},`).join('\n')}\n${'  '.repeat(indent)}}`;
}

function isFlat(value: Json): boolean {
  if (Array.isArray(value)) return value.every((item) => item === null || typeof item !== 'object');
  return value === null || typeof value !== 'object' || Object.keys(value).length === 0;
}

/** A string that does not fit beside its field goes to the next line. */
function field(name: string, value: Json, indent: number): string {
  const head = `${fieldName(name)}:`;
  const used = indent * 2 + head.length + 1;
  const text = literal(value, indent, used);
  if (typeof value !== 'string' || used + text.length + 1 <= lineWidth) return `${head} ${text}`;
  return `${head}\n${'  '.repeat(indent + 1)}${text}`;
}

function array(value: Json[], indent: number, used: number): string {
  if (value.length === 0) return '[]';
  const objects = value.some((item) => item !== null && typeof item === 'object' && Object.keys(item).length > 0);
  const line = `[${value.map((item) => literal(item)).join(', ')}]`;
  if (!objects && used + line.length + 1 <= lineWidth) return line;
  const pad = '  '.repeat(indent + 1);
  if (value.every((item) => typeof item === 'number'))
    return `[\n${filled(value.map(number), pad)}\n${'  '.repeat(indent)}]`;
  return `[\n${value.map((item) => `${pad}${literal(item, indent + 1, pad.length)},`).join('\n')}\n${'  '.repeat(indent)}]`;
}

/** Numbers fill their lines. */
function filled(items: readonly string[], pad: string): string {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 2 <= lineWidth) lines[lines.length - 1] = `${last} ${item},`;
    else lines.push(`${pad}${item},`);
  }
  return lines.join('\n');
}
