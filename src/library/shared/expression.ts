import type { Row, Value } from './dataset.ts';
import { binary, truthy } from './expression-values.ts';
import { functions } from './expression-functions.ts';
import { tokenize, unreadable } from './expression-tokens.ts';
import type { Token } from './expression-tokens.ts';

/** A calculation over the columns of a row. It can do nothing else: no code is run. */
export interface Expression {
  /** Columns it reads. */
  readonly columns: readonly string[];
  /** Throws Error with a reason, such as `“abc” is not a number`. */
  evaluate(row: Row): Value;
}

type Step = (row: Row) => Value;

const maxCharacters = 1_000;
const maxDepth = 40;

const levels: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<', '<=', '>', '>='],
  ['&'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Where reading stands. */
interface Reader {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly columns: Set<string>;
  at: number;
  depth: number;
}

/**
 * Reads an expression: columns by name or as [Any Name], numbers, 'texts', + - * / %, & to join texts,
 * == != < <= > >=, && || !, a ? b : c, and functions such as upper(name) or round(price * 1.2, 2).
 * Throws ToolError with the place when it cannot be read.
 */
export function parseExpression(source: string): Expression {
  if (source.length > maxCharacters) throw unreadable(source, 0, `it is longer than ${maxCharacters} characters`);
  const reader: Reader = { source, tokens: tokenize(source), columns: new Set(), at: 0, depth: 0 };
  const evaluate = choice(reader);
  if (peek(reader).kind !== 'end') fail(reader, `“${peek(reader).text}” is not expected`);
  return { columns: [...reader.columns], evaluate };
}

function peek(reader: Reader): Token {
  return reader.tokens[reader.at]!;
}

function fail(reader: Reader, reason: string): never {
  throw unreadable(reader.source, peek(reader).at, reason);
}

function accept(reader: Reader, sign: string): boolean {
  const found = peek(reader).kind === 'sign' && peek(reader).text === sign;
  if (found) reader.at += 1;
  return found;
}

function expect(reader: Reader, sign: string): void {
  if (!accept(reader, sign)) fail(reader, `“${sign}” is missing`);
}

function nested(reader: Reader, read: (reader: Reader) => Step): Step {
  reader.depth += 1;
  if (reader.depth > maxDepth) fail(reader, 'it is nested too deep');
  const step = read(reader);
  reader.depth -= 1;
  return step;
}

function choice(reader: Reader): Step {
  return nested(reader, () => {
    const condition = level(reader, 0);
    if (!accept(reader, '?')) return condition;
    const yes = choice(reader);
    expect(reader, ':');
    const no = choice(reader);
    return (row) => (truthy(condition(row)) ? yes(row) : no(row));
  });
}

function level(reader: Reader, index: number): Step {
  const signs = levels[index];
  if (!signs) return nested(reader, unary);
  let left = level(reader, index + 1);
  for (;;) {
    const { kind, text: sign } = peek(reader);
    if (kind !== 'sign' || !signs.includes(sign)) return left;
    reader.at += 1;
    left = binary(sign, left, level(reader, index + 1));
  }
}

function unary(reader: Reader): Step {
  if (accept(reader, '!')) {
    const inner = nested(reader, unary);
    return (row) => !truthy(inner(row));
  }
  return accept(reader, '-') ? binary('-', constant(0), nested(reader, unary)) : primary(reader);
}

function primary(reader: Reader): Step {
  const token = peek(reader);
  if (accept(reader, '(')) {
    const inner = choice(reader);
    expect(reader, ')');
    return inner;
  }
  if (token.kind === 'end') fail(reader, 'it ends too early');
  if (token.kind === 'sign') fail(reader, `“${token.text}” is not expected`);
  reader.at += 1;
  if (token.kind === 'number') return constant(Number(token.text));
  if (token.kind === 'text') return constant(token.text);
  return token.kind === 'name' && accept(reader, '(') ? call(reader, token) : column(reader, token);
}

export function column(reader: Reader, { kind, text: name }: Token): Step {
  if (kind === 'name' && Object.hasOwn(words, name)) return constant(words[name as keyof typeof words]);
  reader.columns.add(name);
  return (row) => row[name] ?? null;
}

function call(reader: Reader, { text: name, at }: Token): Step {
  const given = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!given)
    throw unreadable(reader.source, at, `there is no function ${name}; there are ${Object.keys(functions).join(', ')}`);
  const steps: Step[] = [];
  if (!accept(reader, ')')) {
    do steps.push(choice(reader));
    while (accept(reader, ','));
    expect(reader, ')');
  }
  if (steps.length < given.least || steps.length > given.most)
    throw unreadable(reader.source, at, `${name} takes ${given.takes}`);
  return (row) => given.apply(steps.map((step) => step(row)));
}

const words = { true: true, false: false, null: null } as const;

function constant(value: Value): Step {
  return () => value;
}
