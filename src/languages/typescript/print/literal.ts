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
  return Array.isArray(value) ? array(value, indent, used) : object(value, indent);
}

/** A string in single quotes, or in double quotes where that needs fewer escapes. Nothing in it can end the literal. */
export function quote(text: string): string {
  const singles = text.split("'").length;
  const doubles = text.split('"').length;
  const escaped = JSON.stringify(text).slice(1, -1).replace(invisible, escapeCharacter);
  return singles > doubles ? `"${escaped}"` : `'${escaped.replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

/** A field name, quoted only where it must be. `__proto__` is computed, or it would set the prototype. */
export function fieldName(name: string): string {
  if (name === '__proto__') return "['__proto__']";
  return identifier.test(name) ? name : quote(name);
}

/** Line separators and characters that readers do not see: written as escapes. */
const invisible = /[\u007F-\u009F\u00AD\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]|[\u{E0000}-\u{E007F}]/gu;

function escapeCharacter(character: string): string {
  return [...Array(character.length).keys()].map((at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
}

function number(value: number): string {
  const text = String(value);
  return /^\d{5,}$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, '_') : text;
}

function object(value: { [key: string]: Json }, indent: number): string {
  const names = Object.keys(value);
  if (names.length === 0) return '{}';
  const pad = '  '.repeat(indent + 1);
  // A field that needs quotes gets them alone; the others keep theirs off.
  const lines = names.map((name) => {
    const head = `${pad}${fieldName(name)}: `;
    return `${head}${broken(value[name]!, head, indent + 1)},`;
  });
  return `{\n${lines.join('\n')}\n${'  '.repeat(indent)}}`;
}

/** A string that does not fit beside its field goes to the next line. */
function broken(value: Json, head: string, indent: number): string {
  const text = literal(value, indent, head.length);
  if (typeof value !== 'string' || head.length + text.length + 1 <= lineWidth) return text;
  return `\n${'  '.repeat(indent + 1)}${text}`;
}

function array(value: Json[], indent: number, used: number): string {
  if (value.length === 0) return '[]';
  const objects = value.some((item) => item !== null && typeof item === 'object' && Object.keys(item).length > 0);
  const line = `[${value.map((item) => literal(item)).join(', ')}]`;
  if (!objects && used + line.length + 1 <= lineWidth) return line;
  const pad = '  '.repeat(indent + 1);
  if (value.every((item) => typeof item === 'number')) return `[\n${filled(value.map(number), pad)}\n${'  '.repeat(indent)}]`;
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
