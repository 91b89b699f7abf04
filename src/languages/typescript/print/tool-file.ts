import type { Blueprint, ContextPart, JsonSchema, RecipeTool } from '../../../spec/index.ts';
import { camelCase, kebabCase, pascalCase } from '../../../util/index.ts';
import { readBody, type CodeBody } from './code-body.ts';
import { handlesFiles, isEjected } from './ejected.ts';
import { literal } from './literal.ts';
import { typeDeclarations, type NamedSchema } from './types.ts';

type Tool = Blueprint['tools'][number];

/** A tool's source file, with what the rest of the project must know of it. */
export interface ToolFile {
  readonly path: string;
  readonly text: string;
  /** Name it exports. */
  readonly symbol: string;
  /** It was an operation of the API. */
  readonly ejected?: boolean;
  readonly parts: readonly ContextPart[];
  /** For code tools: line of the file before the body's first, and the body's length, both in lines. */
  readonly body?: { readonly before: number; readonly lines: number; readonly skipped: number };
}

const partTypes: Readonly<Record<ContextPart, string>> = {
  folders: 'FolderContext',
  fetch: 'FetchContext',
  secret: 'SecretContext',
};

export function codeTool(tool: Tool, code: string): ToolFile {
  // What an operation takes may have any name: its code reads it from `args`.
  const ejected = isEjected(tool);
  const body = readBody(code, ejected ? {} : tool.input);
  const parts = ejected ? body.parts.filter((part) => part !== 'folders' || handlesFiles(tool)) : body.parts;
  const name = pascalCase(tool.name);
  const input = `${name}Input`;
  const output = tool.output ? `${name}Output` : undefined;
  const context = ['ToolContext', ...parts.map((part) => partTypes[part])];
  // A body that returns nothing cannot be said to return something.
  const returns = body.returns ? (output ?? 'unknown') : 'void';
  const types: NamedSchema[] = [
    ...(body.usesArgs ? [{ name: input, schema: tool.input, defaulted: !ejected }] : []),
    ...(output && body.returns ? [{ name: output, schema: tool.output!, defaulted: false }] : []),
  ];
  const head = [
    ...body.imports,
    ...(body.usesContext ? [`import type { ${context.toSorted().join(', ')} } from '../modules/context.ts';`] : []),
    "import { defineTool } from '../modules/tool.ts';",
    '',
    ...typeDeclarations(types),
    definition(tool, 'run'),
    '',
    ...runLines(parametersOf(body, input, context), returns),
    ...(body.parameters.length > 0 ? destructured(body.parameters) : []),
    ...(body.takesFetch ? ['  const { fetch } = context;'] : []),
  ].join('\n');
  const text = `${head}\n${body.lines.join('\n')}\n}\n`;
  const before = head.split('\n').length;
  return { ...place(tool), text, ejected, parts, body: { before, lines: body.lines.length, skipped: body.skipped } };
}

export function recipeTool(tool: Tool, source: RecipeTool, options: JsonSchema): ToolFile {
  const { module, export: handler } = source.handler;
  const configured = Object.keys(options).length > 0 || source.configure !== undefined;
  const run = configured ? `withOptions(${handler}, ${literal(options, 1)})` : handler;
  const text = [
    `import { ${handler} } from '../modules/${module}';`,
    `import { defineTool${configured ? ', withOptions' : ''} } from '../modules/tool.ts';`,
    '',
    definition(tool, run),
    '',
  ].join('\n');
  return { ...place(tool), text, parts: source.uses };
}

function place(tool: Tool): { path: string; symbol: string } {
  return { path: `src/tools/${kebabCase(tool.name)}.ts`, symbol: `${camelCase(tool.name)}Tool` };
}

/** A tool as the protocol lists it. */
export function listed({ name, title, description, input, output, annotations }: Tool) {
  return { name, title, description, inputSchema: input, ...(output && { outputSchema: output }), annotations };
}

function definition(tool: Tool, run: string): string {
  const data = literal(listed(tool));
  const { symbol } = place(tool);
  // Cut and not replaced: a replacement's text would have a meaning of its own for `$`.
  return `export const ${symbol} = defineTool(${data.slice(0, -2)}\n  ${run === 'run' ? 'run' : `run: ${run}`},\n});`;
}

function runLines(parameters: readonly string[], returns: string): string[] {
  const line = `async function run(${parameters.join(', ')}): Promise<${returns}> {`;
  if (line.length <= 120) return [line];
  return ['async function run(', ...parameters.map((one) => `  ${one},`), `): Promise<${returns}> {`];
}

function parametersOf(body: CodeBody, input: string, context: readonly string[]): string[] {
  const args = body.usesArgs ? `args: ${input}` : body.usesContext ? '_args: unknown' : undefined;
  const used = body.usesContext ? `context: ${context.join(' & ')}` : undefined;
  return [args, used].filter((one) => one !== undefined);
}

function destructured(parameters: readonly string[]): string[] {
  const line = `  const { ${parameters.join(', ')} } = args;`;
  return line.length <= 120 ? [line] : ['  const {', ...parameters.map((name) => `    ${name},`), '  } = args;'];
}
