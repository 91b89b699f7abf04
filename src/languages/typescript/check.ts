import { join } from 'node:path';
import { plainText } from '../../sandbox/index.ts';
import type { Sandbox } from '../../sandbox/index.ts';
import {
  blueprint as blueprintSchema,
  type Blueprint,
  type CheckedCode,
  type DependencySet,
  type Diagnostic,
  type Work,
} from '../../spec/index.ts';
import { codeKey } from './code-key.ts';
import type { FoundAgain } from './found-again.ts';
import { undeclaredImports } from './imports.ts';
import { codeTool } from './print/tool-file.ts';
import { linter, projectMounts, typeChecker, type Tool } from './toolbox.ts';
import { readLint, readTypes } from './diagnostics.ts';

/** What ordinary code without types runs into; in a tool's own code it is said, and does not fail. */
const looseness = new Set(['7005', '7006', '7019', '7031', '7034', '7053', '18046']);
/** A returned value that does not fit the declared output: the server checks the real answer against its schema. */
const returnMismatch = new Set(['2322', '2739', '2740', '2741']);

/** Said of a place outside of the body: a way through it that returns nothing, an import of a package without types. */
const around = new Set(['TS2355', 'TS2366', 'TS7016']);

/** A code tool's body within its generated file. */
interface BodyPlace {
  readonly tool: string;
  readonly before: number;
  readonly lines: number;
  readonly skipped: number;
  readonly text: string;
}

const checkerOptions = ['-p', '/project', '--pretty', 'false'];
const linterOptions = ['--format', 'json', 'src', 'tests'];

/** Types (strict) and lint of a project, side by side, in the sandbox. Lines within a tool's code are those of the code. */
export async function checkProject(
  parts: { readonly sandbox: Sandbox; readonly found: FoundAgain },
  projectDir: string,
  dependencies: DependencySet,
  work: Work,
): Promise<CheckedCode> {
  const [{ diagnostics, ...how }, bodies, imports] = await Promise.all([
    lookAtCode(parts, projectDir, dependencies, work),
    codeBodies(projectDir),
    undeclaredImports(projectDir),
  ]);
  return { diagnostics: [...diagnostics, ...imports].map((one) => relate(one, bodies)), ...how };
}

/** What the tools say. Code that was found right is not looked at again; what is wrong with other code always is. */
async function lookAtCode(
  { sandbox, found }: { readonly sandbox: Sandbox; readonly found: FoundAgain },
  projectDir: string,
  dependencies: DependencySet,
  work: Work,
): Promise<CheckedCode> {
  const [checker, lint] = [typeChecker(), linter()];
  const tools = [checker.version, checkerOptions, lint.version, linterOptions];
  const key = await codeKey(projectDir, dependencies.digest, tools);
  if (key !== undefined && (await found.isClean(key))) return { diagnostics: [], foundAgain: true };
  const run = (tool: Tool, args: readonly string[]) =>
    sandbox.run({
      command: [...tool.command, ...args],
      mounts: [...projectMounts(projectDir, dependencies.path), ...tool.mounts],
      cwd: '/project',
      limits: { seconds: 120, outputBytes: 4_000_000 },
      signal: work.signal,
    });
  const [types, style] = await Promise.all([run(checker, checkerOptions), run(lint, linterOptions)]);
  const diagnostics = [...readTypes(types), ...readLint(style)];
  if (key !== undefined && diagnostics.length === 0) await found.keepClean(key);
  return { diagnostics };
}

/** Bodies by file, for files that are still as they were generated. */
async function codeBodies(projectDir: string): Promise<Map<string, BodyPlace>> {
  const read = async (file: string) => (await plainText(join(projectDir, file))) ?? '';
  const tools = await declaredTools(read);
  const places = await Promise.all(
    tools.map(async (tool): Promise<[string, BodyPlace][]> => {
      if (tool.implementation.kind !== 'code') return [];
      const { path, text, body } = codeTool(tool, tool.implementation.code);
      return (await read(path)) === text ? [[path, { ...body!, tool: tool.name, text }]] : [];
    }),
  );
  return new Map(places.flat());
}

async function declaredTools(read: (file: string) => Promise<string>): Promise<Blueprint['tools']> {
  try {
    return blueprintSchema.parse(JSON.parse(await read('mcp-crafter.json')).blueprint).tools;
  } catch {
    return [];
  }
}

function relate(diagnostic: Diagnostic, bodies: ReadonlyMap<string, BodyPlace>): Diagnostic {
  const body = bodies.get(diagnostic.file);
  const line = diagnostic.line - (body?.before ?? 0);
  if (body !== undefined && around.has(diagnostic.rule)) {
    return { ...diagnostic, severity: 'warning', file: `implementation of ${body.tool}`, line: 1 };
  }
  if (body === undefined || line < 1 || line > body.lines) return diagnostic;
  const severity = isLoose(diagnostic, body) ? 'warning' : diagnostic.severity;
  return { ...diagnostic, severity, file: `implementation of ${body.tool}`, line: line + body.skipped };
}

function isLoose({ rule, message, line }: Diagnostic, { text }: BodyPlace): boolean {
  const code = rule.replace(/^TS/, '');
  if (looseness.has(code) || (code === '2339' && message.endsWith("on type '{}'."))) return true;
  return returnMismatch.has(code) && /^\s*return\b/.test(text.split('\n')[line - 1] ?? '');
}
