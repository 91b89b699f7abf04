import { existsSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { CrafterError, errorKinds } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';
import { plain } from '../util/index.ts';
import { askQuestions, confirmDanger } from './ask.ts';
import { render } from './render/index.ts';
import { readPlan, writePlan } from './plan-file.ts';
import { readDocument, requestInput } from './request.ts';
import type { CommandManifest, FlagShape } from './manifest.ts';
import type { CommandContext } from './program.ts';

/** Fields whose values are paths, made absolute here: the service runs in another folder. */
const pathFields = new Set(['file', 'folders', 'revoke_folders', 'out']);

/** Fields that take the text of a file, or of several, whose names are given. */
const fileFields = new Set(['overlays', 'overrides']);

/** Lists whose items may have a comma in them. */
const wholeItems = new Set(['folders', 'revoke_folders', 'overlays', 'paths', 'operations']);

/** Runs one operation of the table from the words of a command line and shows its result. */
export async function runOperation(
  manifest: CommandManifest,
  words: readonly (string | undefined)[],
  options: Readonly<Record<string, unknown>>,
  context: CommandContext,
): Promise<void> {
  const input = await readInput(manifest, words, options);
  await confirmDanger(manifest, input, context.output);
  const call = async (given: Record<string, unknown>): Promise<unknown> =>
    runInService(context, manifest.operation, given);
  let result: unknown;
  try {
    result = await call(input);
  } catch (error) {
    if (!(error instanceof CrafterError) || error.code !== 'NEEDS_ANSWERS') throw error;
    result = await call(await askQuestions(input, error, context.output));
  }
  if (manifest.operation === 'delete_server') result = await withoutClients(result);
  const remark = manifest.operation === 'plan_server' ? writePlan(result, options.out, context.output.json) : '';
  context.output.result(result, render(manifest.operation, result) + remark);
  process.exitCode = exitCodeOf(manifest.operation, result);
}

/** A server that is gone would be an error in every client that still has it. */
async function withoutClients(result: unknown): Promise<unknown> {
  const { disconnectAll } = await import('../local/index.ts');
  const { server } = result as { server: string };
  return { ...(result as object), disconnected: await disconnectAll(server, process.cwd()) };
}

/** Starts the service when none runs, calls an operation in it and shows its progress. */
export async function runInService(context: CommandContext, operation: string, input: unknown): Promise<unknown> {
  const { output, stateFolder, signal } = context;
  const { callService, ensureService } = await import('../service/index.ts');
  await ensureService(stateFolder, () => output.note('Starting the mcp-crafter service …'));
  const result = await callService(stateFolder, operation, input, {
    signal,
    onLine(line) {
      if ('event' in line) output.progress(line.event);
      if ('log' in line) process.stdout.write(`${plain(line.log)}\n`);
    },
  });
  output.done();
  return result;
}

async function readInput(
  manifest: CommandManifest,
  words: readonly (string | undefined)[],
  options: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const given = words.filter((word) => word !== undefined);
  const input: Record<string, unknown> = manifest.readsRequest
    ? await requestInput({ positionals: given, flags: options, name: manifest.positionals[0] ?? '' })
    : manifest.operation === 'verify_server'
      ? verifySubject(given)
      : Object.fromEntries(
          manifest.positionals
            .map((field, index) => [field.replace(/\?$|\.\.\.$/, ''), words[index]])
            .filter(([, word]) => word !== undefined),
        );
  for (const flag of manifest.flags) {
    const value = options[camel(flag.flag)];
    if (value !== undefined) input[flag.field] = flagValue(flag, value);
  }
  for (const field of fileFields) if (input[field] !== undefined) input[field] = textsOf(input[field]);
  for (const field of pathFields) if (input[field] !== undefined) input[field] = absolute(input[field]);
  if (manifest.operation === 'call_tool') input.arguments = parseArguments(input.arguments);
  if (manifest.operation === 'execute_plan') input.plan = readPlan(String(input.plan));
  return input;
}

/** What to verify: after `--` a command; else one word is a URL, a folder or a name, and several are a command. */
function verifySubject(words: readonly string[]): Record<string, unknown> {
  const [word] = words;
  if (word === undefined)
    throw new CrafterError('INVALID_INPUT', 'There is nothing to verify.', {
      hint: 'Give a server name, a folder, a URL, or `-- COMMAND ARGUMENTS`.',
    });
  const command = { command: words.map(fromHere) };
  if (words.length > 1 || process.argv.includes('--')) return command;
  if (/^https?:\/\//.test(word)) return { url: word };
  if (/^[a-z][a-z0-9-]*$/.test(word) && !existsSync(word)) return { server: word };
  if (statSync(word, { throwIfNoEntry: false })?.isDirectory()) return { folder: resolve(word) };
  return command;
}

/** A word of a command with what it names in this folder made absolute; a program without a slash is looked for in PATH. */
function fromHere(word: string, index: number): string {
  return (index > 0 || word.includes('/')) && existsSync(word) ? resolve(word) : word;
}

function flagValue(flag: FlagShape, value: unknown): unknown {
  if (flag.type === 'pairs') return Object.fromEntries((value as string[]).map(parsePair));
  if (flag.type !== 'list') return value;
  const list = value as string[];
  return wholeItems.has(flag.field)
    ? list
    : list
        .flatMap((word) => word.split(','))
        .map((word) => word.trim())
        .filter((word) => word !== '');
}

/** `NAME=VALUE`, or `NAME` alone to take the value from this shell's environment, which keeps it off the command line. */
function parsePair(word: string): [string, string] {
  const at = word.indexOf('=');
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
  const value = process.env[word];
  if (value !== undefined) return [word, value];
  throw new CrafterError('INVALID_INPUT', `--env ${word}: this shell has no variable of that name.`, {
    hint: `Export it first, or write --env ${word}=VALUE.`,
  });
}

const textsOf = (files: unknown): unknown => (Array.isArray(files) ? files.map(textsOf) : readDocument(String(files)));

function absolute(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(absolute);
  if (typeof value !== 'string') return value;
  return isAbsolute(value) ? value : resolve(value);
}

function parseArguments(text: unknown): unknown {
  if (text === undefined) return {};
  try {
    return JSON.parse(String(text)) as unknown;
  } catch (error) {
    throw new CrafterError('INVALID_INPUT', `The tool's arguments are not JSON: ${(error as Error).message}`, {
      hint: 'Give one JSON object in single quotes, for example: \'{"city": "Lyon"}\'',
    });
  }
}

function exitCodeOf(operation: string, result: unknown): number {
  const { status, report, success, isError, error } = (result ?? {}) as {
    status?: string;
    report?: { success: boolean };
    success?: boolean;
    isError?: boolean;
    error?: { code: string };
  };
  if (operation === 'call_tool') return isError === true ? 1 : 0;
  if (error !== undefined && error.code in errorKinds) return errorKinds[error.code as ErrorCode].exit;
  if (status === 'failed' || report?.success === false || success === false) return 5;
  return 0;
}

function camel(flag: string): string {
  return flag.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
