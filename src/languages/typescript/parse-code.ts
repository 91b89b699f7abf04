import { Lang, parse, type SgNode } from '@ast-grep/napi';
import type { Diagnostic } from '../../spec/index.ts';
import { mostDepth, tooDeep } from './nesting.ts';
import { readBody } from './print/code-body.ts';

/**
 * Syntax errors of a tool's code body, with lines counted from the body's first line. Also refuses a body that closes
 * the function it stands in and goes on outside of it.
 */
export function parseCode(code: string): Diagnostic[] {
  const { lines, skipped, imports } = readBody(code, { type: 'object' });
  const body = lines.join('\n');
  if (body.trim() === '') return [problem(1, imports.length > 0 ? 'only imports' : 'empty', 'The code is empty.')];
  if (tooDeep(body)) return [problem(1, 'depth', `Brackets stand in each other more than ${mostDepth} deep.`)];
  const root = parse(Lang.TypeScript, `async function run(args, context) {\n${body}\n}\n`).root();
  const errors = syntaxErrors(root, skipped, lines.length);
  if (errors.length > 0) return errors;
  const [only, ...others] = root.children().filter((node) => node.kind() !== 'comment');
  if (others.length === 0 && only?.kind() === 'function_declaration') return [];
  const line = (only?.range().end.line ?? 1) + skipped;
  return [problem(line, 'unbalanced', 'A brace here closes the function that the code stands in.')];
}

/** Found by the parser's own library, not node by node from here: code may have hundreds of thousands. */
function syntaxErrors(root: SgNode, skipped: number, count: number): Diagnostic[] {
  const found: Diagnostic[] = [];
  let end = -1;
  for (const node of root.findAll({ rule: { any: [{ kind: 'ERROR' }, { regex: '^$' }] } })) {
    const { start, end: last } = node.range();
    if (start.index < end || found.length >= 10) continue;
    const at = Math.min(Math.max(start.line, 1), count) + skipped;
    const place = { column: start.column + 1 };
    if (node.kind() === 'ERROR') {
      end = last.index;
      found.push({ ...problem(at, 'syntax', `Unexpected ${shown(node.text())}.`), ...place });
    } else if (isMissing(node))
      found.push({ ...problem(at, 'syntax', `Expected ${JSON.stringify(node.kind())} here.`), ...place });
  }
  return found.toSorted((a, b) => a.line - b.line);
}

/** The parser puts in what it misses as a token without text. */
function isMissing(node: SgNode): boolean {
  return (
    node.isLeaf() &&
    node.text() === '' &&
    !['string_fragment', 'template_chars', 'program', 'statement_block'].includes(String(node.kind()))
  );
}

function shown(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line === '' ? 'end of the code' : JSON.stringify(line.slice(0, 60));
}

function problem(line: number, rule: string, message: string): Diagnostic {
  return { severity: 'error', file: 'implementation', line, rule, message };
}
