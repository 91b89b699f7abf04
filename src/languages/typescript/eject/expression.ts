import { quote } from '../print/literal.ts';

/** A field of an object in code: its name, and the expression of its value. */
export type Field = readonly [name: string, value: string];

const identifier = /^[A-Za-z_$][\w$]*$/;
const lineWidth = 110;

/** `args.id`, or `args['x-id']` where the name is no identifier. */
export function member(object: string, name: string): string {
  return identifier.test(name) ? `${object}.${name}` : `${object}[${quote(name)}]`;
}

/** An object in code, on one line where it is short and below another; `depth` is that of the line it begins on. */
export function fields(all: readonly Field[], depth: number): string {
  const parts = all.map(
    ([name, value]) => `${identifier.test(name) && name !== '__proto__' ? name : key(name)}: ${value}`,
  );
  const line = `{ ${parts.join(', ')} }`;
  if (depth > 0 && line.length + depth * 2 < lineWidth - 16 && !line.includes('\n')) return line;
  const pad = '  '.repeat(depth + 1);
  return `{\n${parts.map((part) => `${pad}${part},`).join('\n')}\n${'  '.repeat(depth)}}`;
}

const key = (name: string): string => (name === '__proto__' ? "['__proto__']" : quote(name));
