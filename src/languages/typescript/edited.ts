import { Lang, parse, type SgNode } from '@ast-grep/napi';
import { invalidInput, type EditedCode, type Tool } from '../../spec/index.ts';
import { parseCode } from './parse-code.ts';
import { codeTool } from './print/tool-file.ts';

export function pathOf(tool: Tool): string | undefined {
  return tool.implementation.kind === 'code' ? codeTool(tool, tool.implementation.code).path : undefined;
}

/**
 * The code of a tool out of its file as a person changed it: imports, what was added beside `run`, and the body of
 * `run`. What else the file says was printed from the Blueprint; where it was changed it is named and left.
 */
export function readEdited(tool: Tool, text: string): EditedCode {
  if (tool.implementation.kind !== 'code') throw new TypeError(`${tool.name} is no code`);
  const { path, text: printed } = codeTool(tool, tool.implementation.code);
  const parts = partsOf(text.replaceAll('\r\n', '\n'));
  if (parts.error !== undefined) throw unreadable(`${path}:${parts.error + 1}`, 'does not read as TypeScript');
  if (parts.body === undefined) throw unreadable(path, 'has no function run with the code of the tool');
  const own = partsOf(printed);
  const known = new Set(own.others.map((node) => node.text()));
  const names = new Set(own.others.map(nameOf));
  const changed = parts.others.filter((node) => !known.has(node.text()));
  const isOurs = (node: SgNode): boolean => names.has(nameOf(node)) || node.kind() === 'export_statement';
  const imports = parts.imports.filter((line) => !isPrinted(line));
  const added = changed.filter((node) => !isOurs(node)).map((node) => node.text());
  const code = [...imports, ...(imports.length > 0 ? [''] : []), ...added, bodyOf(parts.body)].join('\n');
  const [problem] = parseCode(code);
  if (problem !== undefined) throw unreadable(path, problem.message);
  return {
    code,
    left: changed.filter(isOurs).map((node) => nameOf(node) ?? node.text().slice(0, 60)),
  };
}

interface Parts {
  /** One line each. */
  readonly imports: readonly string[];
  readonly body: string | undefined;
  readonly others: readonly SgNode[];
  /** Line of the first error, from 0. */
  readonly error: number | undefined;
}

function partsOf(text: string): Parts {
  const root = parse(Lang.TypeScript, text).root();
  const top = root.children();
  const run = top.find((node) => node.kind() === 'function_declaration' && nameOf(node) === 'run');
  const imports = top.filter((node) => node.kind() === 'import_statement');
  return {
    imports: imports.map((node) => node.text().replaceAll(/\s*\n\s*/g, ' ')),
    body: run?.field('body')?.text(),
    others: top.filter((node) => node !== run && node.kind() !== 'import_statement'),
    error: root.find({ rule: { kind: 'ERROR' } })?.range().start.line,
  };
}

/** Imports that stand in the file of every tool; printed again as they are needed. */
const isPrinted = (line: string): boolean => /from ["']\.\.\/modules\/(?:context|tool)\.ts["']/.test(line);

function nameOf(node: SgNode): string | undefined {
  const declared = node.kind() === 'export_statement' ? (node.field('declaration') ?? node) : node;
  return (
    declared.field('name')?.text() ??
    declared
      .find({ rule: { kind: 'variable_declarator' } })
      ?.field('name')
      ?.text()
  );
}

/** What stands between the braces, from the first column on unless a template spans lines. */
function bodyOf(block: string): string {
  const lines = block
    .slice(1, -1)
    .replace(/^[ \t]*\n/, '')
    .trimEnd()
    .split('\n');
  const isMovable = lines.every((line) => (line === '' || line.startsWith('  ')) && line.split('`').length % 2 === 1);
  return lines.map((line) => (isMovable ? line.slice(2) : line)).join('\n');
}

const unreadable = (place: string, message: string): Error =>
  invalidInput('input', [
    { field: place, message, remedy: 'Mend the file, or remove it to have it as it was, and update again.' },
  ]);
