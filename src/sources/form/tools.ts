import { nearest } from '../../spec/index.ts';
import type { Problem } from '../../errors.ts';
import type { Annotations, SourceOptions, Tool } from '../../spec/index.ts';
import { cut, sentenceCase, snakeCase, words } from '../../util/index.ts';
import { objectionToSchema } from '../schema-check.ts';
import { inferAnnotations } from './annotations.ts';
import { inputSchema, outputSchema } from './parameters.ts';
import type { FormTool } from './schema.ts';

/** Most tools of one server: a longer listing is of no use to an agent, and clients cut it. */
export const maxTools = 200;

export interface ReadTools {
  readonly tools: Tool[];
  readonly problems: Problem[];
  readonly notes: string[];
}

/** Tools of a form as Blueprint tools, with a problem for each thing that cannot be. */
export function readTools(given: readonly FormTool[], options: SourceOptions): ReadTools {
  const problems: Problem[] = [];
  const notes: string[] = [];
  const seen = new Map<string, string>();
  const tools = given.map((tool, index) => {
    const at = `custom_tools[${index}]`;
    const name = readName(tool.name, at, problems, notes);
    const before = seen.get(name);
    if (before !== undefined) problems.push(clash(tool.name, before, name, at));
    seen.set(name, tool.name);
    return readTool(tool, name, at, problems, options);
  });
  return { tools, problems, notes };
}

function readName(given: string, at: string, problems: Problem[], notes: string[]): string {
  const field = `${at}.name`;
  const value = cut(given, 80);
  const name = snakeCase(given);
  // eslint-disable-next-line no-control-regex
  if (/[^\x20-\x7e]/.test(given))
    problems.push({ field, value, message: 'has characters outside ASCII', remedy: nameRemedy(name) });
  else if (/[/\\.:]/.test(given))
    problems.push({ field, value, message: 'has characters of paths', remedy: nameRemedy(name) });
  else if (!/^[a-z]/.test(name))
    problems.push({ field, value, message: 'does not start with a letter', remedy: nameRemedy(`tool_${name}`) });
  else if (name.length > 64) {
    const short = name.slice(0, 64).replace(/_[^_]*$/, '');
    problems.push({
      field,
      value,
      message: `has ${name.length} characters; clients refuse more than 64`,
      remedy: nameRemedy(short),
    });
  } else if (name !== given) notes.push(`The tool ${given} is named ${name}: tool names are snake_case.`);
  return name;
}

const nameRemedy = (name: string): string =>
  name === ''
    ? 'Give it a snake_case name of ASCII letters and digits.'
    : `Give it a snake_case name of at most 64 ASCII letters and digits, for example ${cut(name, 64)}.`;

function clash(given: string, before: string, name: string, at: string): Problem {
  const both = given === before ? `two tools are named ${given}` : `${before} and ${given} both become ${name}`;
  return { field: `${at}.name`, value: given, message: both, remedy: 'Rename one of them.' };
}

function readTool(tool: FormTool, name: string, at: string, problems: Problem[], options: SourceOptions): Tool {
  const shaped = inputSchema(tool.parameters);
  if ('message' in shaped) problems.push(parameterProblem(`${at}.parameters.${shaped.field}`, shaped.message));
  const input = 'schema' in shaped ? shaped.schema : { type: 'object' };
  const output = tool.output === undefined ? undefined : outputSchema(tool.output);
  checkSchema(input, `${at}.parameters`, problems);
  if (output !== undefined) checkSchema(output, `${at}.output`, problems);
  checkCode(tool.implementation, `${at}.implementation`, problems, options);
  const code = tool.implementation?.trim() === '' ? undefined : tool.implementation;
  return {
    name,
    title: tool.title ?? sentenceCase(words(name).join(' ')),
    description: tool.description,
    input,
    ...(output === undefined ? {} : { output }),
    annotations: mergeAnnotations(inferAnnotations(name, code), tool.annotations),
    implementation: code === undefined ? { kind: 'pending', need: tool.description } : { kind: 'code', code },
    examples: tool.examples,
  };
}

function mergeAnnotations(inferred: Annotations, given: Partial<Annotations> | undefined): Annotations {
  const merged = { ...inferred, ...given };
  return merged.readOnlyHint ? { ...merged, destructiveHint: false } : merged;
}

function checkSchema(schema: Tool['input'], field: string, problems: Problem[]): void {
  const objection = objectionToSchema(schema);
  if (objection === undefined) return;
  const circular = objection.startsWith('circular');
  const remedy = circular
    ? 'Write the nested levels out, or take the nested part as text.'
    : 'Correct the schema; patterns are JavaScript regular expressions.';
  problems.push({ field, message: objection, remedy });
}

function parameterProblem(field: string, message: string): Problem {
  const known = ['string', 'number', 'integer', 'boolean', 'array', 'object'];
  const word = /^`(.+)` is no type$/.exec(message)?.[1];
  const near = word === undefined ? undefined : nearest(word, known);
  const remedy =
    near === undefined
      ? `Give a JSON Schema or one of: ${known.join(', ')}.`
      : `Did you mean \`${near}\`? Types: ${known.join(', ')}.`;
  return { field, message, remedy };
}

function checkCode(code: string | undefined, field: string, problems: Problem[], options: SourceOptions): void {
  if (code === undefined || options.parseCode === undefined) return;
  const error = options.parseCode(code).find((diagnostic) => diagnostic.severity === 'error');
  if (error === undefined) {
    const problem = noAnswer(code);
    if (problem !== undefined) problems.push({ field, value: cut(code.trim().split('\n')[0] ?? '', 80), ...problem });
    return;
  }
  const line = code.split('\n')[error.line - 1]?.trim() ?? '';
  const remedy = looksPython(code)
    ? 'This looks like Python. Write the body of an async TypeScript function that receives `args` and `context`, for example: return { text: `Weather for ${args.city}` };'
    : 'Write the body of an async TypeScript function that receives `args` and `context` and returns a JSON value.';
  problems.push({
    field,
    value: cut(line, 80),
    message: `does not parse: line ${error.line}: ${error.message}`,
    remedy,
  });
}

/** Code that parses and can give no answer: a function that nobody calls, or statements without `return`. */
function noAnswer(code: string): Pick<Problem, 'message' | 'remedy'> | undefined {
  const text = code.trim();
  const arrow = /^(?:async\s*)?(?:\([^()]*\)|[\w$]+)\s*(?::[^=]*)?=>/.test(text);
  const named = /^(?:export\s+)?(?:default\s+)?(?:async\s+)?function\b/.test(text) && !/^\s?return\b/m.test(code);
  if (arrow || named)
    return {
      message: 'is a whole function, which nobody calls',
      remedy: 'Give only its body, what stands between the outer braces; the parameters are there by name.',
    };
  // What throws, goes on for ever or ends the process is judged when it runs.
  if (text === '' || /\b(?:return|throw|while|for|exit)\b/.test(text)) return undefined;
  return {
    message: 'returns nothing',
    remedy: 'End it with `return` and a JSON value, for example: return { written: true };',
  };
}

function looksPython(code: string): boolean {
  return /\bf['"]|^\s*#|^\s*(def |import \w+\s*$|from \w+ import )|\bkwargs\b|:\s*\n\s+(return|raise|pass)\b|\bNone\b|\belif\b/m.test(
    code,
  );
}
