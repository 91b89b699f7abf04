import { ToolError } from '#runtime/errors.ts';

export interface Token {
  readonly kind: 'number' | 'text' | 'name' | 'column' | 'sign' | 'end';
  readonly text: string;
  readonly at: number;
}

const lexeme =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|\[(?<column>[^\]]+)\]|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<sign>\|\||&&|[=!<>]=|[-+*/%&<>!?:(),]))/uy;

export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  lexeme.lastIndex = 0;
  while (lexeme.lastIndex < end) {
    const from = lexeme.lastIndex;
    const groups = lexeme.exec(source)?.groups;
    if (!groups) throw unreadable(source, from, `“${source.slice(from, from + 10).trim()}” cannot be read`);
    const [kind, text] = Object.entries(groups).find(([, value]) => value !== undefined) as [Token['kind'], string];
    tokens.push({ kind, text: kind === 'text' ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text, at: from });
  }
  return [...tokens, { kind: 'end', text: '', at: end }];
}

export function unreadable(source: string, at: number, reason: string): ToolError {
  return new ToolError(
    `The expression “${source.slice(0, 100)}” cannot be read at character ${at + 1}: ${reason}.`,
    'Write for example: round(price * quantity, 2), or first_name & " " & last_name. Other names of columns go in [ ].',
  );
}
