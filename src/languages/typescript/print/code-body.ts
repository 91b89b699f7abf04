import type { ContextPart, JsonSchema } from '../../../spec/index.ts';

/** What a tool's code body uses, and the body itself ready to stand in a function. */
export interface CodeBody {
  /** Import declarations that stood before the code; they belong to the module. */
  readonly imports: readonly string[];
  /** Lines of the body, indented; as many as were given, less the imports. */
  readonly lines: readonly string[];
  /** How many lines of the given code come before `lines`. */
  readonly skipped: number;
  readonly parameters: readonly string[];
  readonly usesArgs: boolean;
  readonly usesContext: boolean;
  /** It calls `fetch` by its bare name: that is the context's, which keeps the server's hosts, rate and retries. */
  readonly takesFetch: boolean;
  readonly returns: boolean;
  readonly parts: readonly ContextPart[];
}

const allParts: readonly ContextPart[] = ['folders', 'fetch', 'secret'];
const importLine =
  /^import\s+(?:type\s+)?(?:[\w$*{][^;'"`]*\s+from\s+)?(['"])[^'"\\]+\1\s*(?:with\s*\{[^}]*\}\s*)?;?\s*$/;
/** Longest import declaration that is looked for, in characters. */
const mostImport = 2000;
const reserved = new Set(
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield args context run undefined'.split(
    ' ',
  ),
);

/** Reads a body: an async function's, with `args`, each parameter by name, and `context` in reach. */
export function readBody(code: string, input: JsonSchema): CodeBody {
  const all = code.replaceAll('\r\n', '\n').trimEnd().split('\n');
  const skipped = leadingImports(all);
  const body = all.slice(skipped);
  const text = body.join('\n');
  const properties = (input['properties'] ?? {}) as object;
  const parameters = Object.keys(properties).filter((name) => isLocal(name, text));
  const takesFetch = callsFetch(text) && !declares(text, 'fetch') && !Object.hasOwn(properties, 'fetch');
  const parts = partsOf(text);
  return {
    imports: all.slice(0, skipped).filter((line) => line.trim() !== ''),
    lines: indented(body),
    skipped,
    parameters,
    usesArgs: parameters.length > 0 || mentions(text, 'args'),
    usesContext: takesFetch || mentions(text, 'context'),
    takesFetch,
    returns: mentions(text, 'return'),
    parts: takesFetch && !parts.includes('fetch') ? [...parts, 'fetch'] : parts,
  };
}

const isImport = (line: string): boolean => line.length <= mostImport && importLine.test(line);

function leadingImports(lines: readonly string[]): number {
  const end = lines.findIndex((line) => line.trim() !== '' && !isImport(line.trim()));
  const head = end === -1 ? lines.length : end;
  return lines.slice(0, head).some((line) => line.trim() !== '') ? head : 0;
}

function isLocal(name: string, text: string): boolean {
  if (!/^[A-Za-z_$][\w$]*$/.test(name) || reserved.has(name) || !mentions(text, name)) return false;
  return !declares(text, name) && !readsFromArgs(text, name);
}

/** It reads `args.name`, and elsewhere the word is only a field of something. */
function readsFromArgs(text: string, name: string): boolean {
  const word = name.replaceAll('$', '\\$');
  const bare = new RegExp(`(?<![\\w$]|(?<!\\.\\.)\\.)${word}(?![\\w$]|\\s*:)`);
  return (
    new RegExp(`(?<![\\w$.])args\\.${word}(?![\\w$])`).test(text) && !bare.test(text.replaceAll(/'[^'\n]*'/g, "''"))
  );
}

function mentions(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text);
}

function callsFetch(text: string): boolean {
  const code = text.replaceAll(/'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|\/\/.*/g, '');
  return /(?<![\w$.])fetch\s*\(/.test(code);
}

/** A body may take its parameters out of `args` itself; a second declaration would clash. */
function declares(text: string, name: string): boolean {
  const word = `(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`;
  if (new RegExp(`\\b(?:const|let|var|function|class)\\s+${word}`).test(text)) return true;
  return takenApart(text).some((names) => new RegExp(word).test(names));
}

/** What stands in the braces and brackets of destructuring declarations. Each piece of the text is looked at once, however it is made. */
function takenApart(text: string): string[] {
  const beforeEquals = text.split(';').flatMap((statement) => statement.split('=').slice(0, -1));
  return beforeEquals.flatMap((piece) => {
    const head = /\b(?:const|let|var)\s*[{[]/.exec(piece);
    return head !== null && /[}\]]$/.test(piece.trimEnd()) ? [piece.slice(head.index + head[0].length)] : [];
  });
}

function partsOf(text: string): ContextPart[] {
  if (!mentions(text, 'context')) return [];
  const named = [...text.matchAll(/(?<![\w$])context\s*\??\.\s*(\w+)/g)].map((match) => match[1]);
  const taken =
    /\{([^{}]*)\}\s*=\s*context\b/
      .exec(text)?.[1]
      ?.split(',')
      .map((name) => name.trim().split(/[\s:=]/)[0]) ?? [];
  const whole = (text.match(/(?<![\w$])context(?![\w$])/g) ?? []).length > named.length + (taken.length > 0 ? 1 : 0);
  return whole ? [...allParts] : allParts.filter((part) => named.includes(part) || taken.includes(part));
}

/** Where a template spans lines, all keep their place: moving them would change its text. */
function indented(lines: readonly string[]): string[] {
  if (lines.some((line) => line.split('`').length % 2 === 0)) return [...lines];
  const depths = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const depth = Math.min(...depths, 1000);
  return lines.map((line) => (line.trim() === '' ? '' : `  ${line.slice(depth)}`));
}
