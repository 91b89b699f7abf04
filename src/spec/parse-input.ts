import { distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { CrafterError } from '../errors.ts';
import type { Problem } from '../errors.ts';
import { cut, isSecret } from '../util/index.ts';
import { knownKeys, valueAt, show } from './schema-walk.ts';

/**
 * Validates outside data with a schema.
 * @param what names the document in the message, for example `form` or `plan`.
 * @throws CrafterError INVALID_INPUT with one problem a field: path, value, what is wrong, what to do.
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, schema, value));
  throw invalidInput(what, problems);
}

/** Most problems that are named one by one, and characters of each of their parts: what was given has no bounds. */
const mostProblems = 100;
const longestPart = 1000;

/** INVALID_INPUT whose message and hint read well alone: they carry the first problem. */
export function invalidInput(what: string, all: readonly Problem[]): CrafterError {
  const problems = all.slice(0, mostProblems).map(bounded);
  const first = problems[0];
  const more = all.length > 1 ? ` (and ${all.length - 1} more)` : '';
  const given = first?.value === undefined ? '' : ` (given: ${first.value})`;
  return new CrafterError(
    'INVALID_INPUT',
    `The ${what} is not valid: ${first?.field ?? ''}: ${(first?.message ?? '').replace(/\.$/, '')}${given}${more}.`,
    {
      hint: first?.remedy ?? `Correct the ${what} and run the command again.`,
      problems,
    },
  );
}

function bounded({ field, value, message, remedy }: Problem): Problem {
  return {
    field: cut(field, 300),
    ...(value === undefined ? {} : { value: cut(value, 300) }),
    message: cut(message, longestPart),
    remedy: cut(remedy, longestPart),
  };
}

/** The known word nearest to a mistyped one, when it is near enough to be meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of known) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < bestDistance) [best, bestDistance] = [candidate, steps];
  }
  return best;
}

/** `["custom_tools", 0, "name"]` → `custom_tools[0].name`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function problemsOf(issue: z.core.$ZodIssue, schema: z.ZodType, root: unknown): Problem[] {
  const field = fieldPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(schema, issue.path);
    return issue.keys.map((key) => unknownField(field, key, known));
  }
  const value = mayHoldSecret(issue.path) ? undefined : valueAt(root, issue.path);
  return [
    {
      field: field || '(root)',
      ...(value === undefined ? {} : { value: show(value) }),
      message: issue.message.replace('expected record', 'expected object'),
      remedy: remedyFor(issue, field),
    },
  ];
}

/** What stands at the place of a key, token or password is not repeated: messages reach logs and models. */
function mayHoldSecret(path: readonly PropertyKey[]): boolean {
  return path.some((part) => typeof part === 'string' && isSecret(part));
}

/** What other form builders call our fields; each is far from ours in letters. */
const otherWords: Readonly<Record<string, string>> = {
  args: 'arguments',
  body: 'implementation',
  code: 'implementation',
  env: 'environment',
  expected: 'expect',
  function: 'implementation',
  handler: 'implementation',
  hosts: 'allow_hosts',
  input: 'arguments',
  input_schema: 'parameters',
  inputschema: 'parameters',
  name: 'server_name',
  output: 'expect',
  output_schema: 'output',
  outputschema: 'output',
  packages: 'dependencies',
  result: 'expect',
  schema: 'parameters',
  source: 'implementation',
  tests: 'examples',
  tools: 'custom_tools',
};

function meantField(key: string, known: readonly string[]): string | undefined {
  const word = Object.hasOwn(otherWords, key.toLowerCase()) ? otherWords[key.toLowerCase()] : undefined;
  return word !== undefined && known.includes(word) ? word : nearest(key, known);
}

function unknownField(parent: string, key: string, known: readonly string[]): Problem {
  const near = meantField(key, known);
  return {
    field: parent === '' ? key : `${parent}.${key}`,
    message: 'unknown field',
    remedy:
      near === undefined
        ? `Remove it; known fields: ${known.join(', ')}.`
        : `Did you mean \`${near}\`? Known fields: ${known.join(', ')}.`,
  };
}

function remedyFor(issue: z.core.$ZodIssue, field: string): string {
  if (issue.code === 'invalid_type')
    return `Give \`${field || 'the document'}\` as ${issue.expected === 'record' ? 'object' : issue.expected}.`;
  if (issue.code === 'invalid_value') return `Use one of: ${issue.values.map(String).join(', ')}.`;
  if (issue.code === 'too_big') return `Keep \`${field}\` to at most ${String(issue.maximum)}.`;
  if (issue.code === 'too_small') return `Give \`${field}\` at least ${String(issue.minimum)}.`;
  return `Correct \`${field || 'the document'}\`.`;
}
