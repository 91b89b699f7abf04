import { applyEdits, modify, parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { unlink } from 'node:fs/promises';
import { CrafterError } from '../errors.ts';
import { nearest } from '../spec/index.ts';
import { clientPrograms } from '../util/index.ts';
import type { ClientProgram } from '../util/index.ts';
import { readConfig, followLink, replaceFile, formatting } from './client-file.ts';
import { entry, isOurs, foreignEntry } from './client-entry.ts';

export interface ConnectTarget {
  readonly client: string;
  readonly server: string;
  /** Write the file of this project folder instead of the user's own. */
  readonly project?: string;
}

export interface ConnectResult {
  readonly client: string;
  readonly file: string;
  readonly changed: boolean;
  /** Copy of the file as it was; absent when there was none, or nothing changed. */
  readonly backup?: string;
  /** What the file holds afterwards for this server, as JSON text; empty after disconnecting. */
  readonly snippet: string;
  readonly next: string;
}

/** The text a client's file needs for a server: `mcp-crafter run NAME`, and no secret. */
export function connectionSnippet(target: ConnectTarget): ConnectResult {
  const program = clientProgram(target.client);
  const snippet = JSON.stringify({ [program.key]: { [target.server]: entry(program, target.server) } }, null, 2);
  return { client: program.title, file: configFile(program, target), changed: false, snippet, next: program.next };
}

/**
 * Adds the server to the client's configuration, leaving everything else in it as it stands, comments included.
 * @throws CrafterError INVALID_INPUT when the file is not JSON (it is left alone), CONFLICT when the name
 * there belongs to something else.
 */
export async function connectClient(target: ConnectTarget): Promise<ConnectResult> {
  const program = clientProgram(target.client);
  const file = await followLink(configFile(program, target));
  const before = await readConfig(file);
  const wanted = entry(program, target.server);
  const present = serversOf(before, file, program)[target.server];
  if (present !== undefined && !isOurs(present, target.server)) throw foreignEntry(file, target.server);
  const result = { ...connectionSnippet(target), file };
  if (JSON.stringify(present) === JSON.stringify(wanted)) return result;
  const edits = modify(before ?? '', [program.key, target.server], wanted, { formattingOptions: formatting(before) });
  const after = before === undefined ? `${result.snippet}\n` : applyEdits(before, edits);
  return { ...result, changed: true, ...(await replaceFile(file, before, after)) };
}

/** Takes the server out again; restores the file byte for byte when nothing else changed since. */
export async function disconnectClient(target: ConnectTarget): Promise<ConnectResult> {
  const program = clientProgram(target.client);
  const file = await followLink(configFile(program, target));
  const before = await readConfig(file);
  const result = { client: program.title, file, changed: false, snippet: '', next: program.next };
  const present = serversOf(before, file, program)[target.server];
  if (before === undefined || present === undefined) return result;
  if (!isOurs(present, target.server)) throw foreignEntry(file, target.server);
  const original = await originalOf(file, before, program, target.server);
  if (original === 'none') {
    await unlink(file);
    return { ...result, changed: true };
  }
  const edits = modify(before, [program.key, target.server], undefined, { formattingOptions: formatting(before) });
  return { ...result, changed: true, ...(await replaceFile(file, before, original ?? applyEdits(before, edits))) };
}

function clientProgram(name: string): ClientProgram {
  const found = clientPrograms.find((program) => program.name === name);
  if (found !== undefined) return found;
  const names = clientPrograms.map((program) => program.name);
  const near = nearest(name, names);
  throw new CrafterError('INVALID_INPUT', `There is no client called \`${name}\`.`, {
    hint: `${near === undefined ? '' : `Did you mean \`${near}\`? `}Known clients: ${names.join(', ')}. For any other, use the command \`mcp-crafter run NAME\` in its configuration.`,
  });
}

function configFile(program: ClientProgram, target: ConnectTarget): string {
  if (target.project === undefined) return program.userFile();
  if (program.projectFile !== undefined) return program.projectFile(target.project);
  throw new CrafterError('NOT_SUPPORTED', `${program.title} has no configuration per project.`, {
    hint: 'Leave out --project.',
  });
}

function serversOf(text: string | undefined, file: string, program: ClientProgram): Record<string, unknown> {
  if (text === undefined || text.trim() === '') return {};
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
    const line = text.slice(0, first?.offset ?? 0).split('\n').length;
    const why = first === undefined ? 'it is no JSON object' : `${printParseErrorCode(first.error)} in line ${line}`;
    throw new CrafterError('INVALID_INPUT', `${file} cannot be read: ${why}. It was left as it is.`, {
      hint: 'Mend the file, or add the entry by hand: `mcp-crafter connect CLIENT NAME --print` shows it.',
    });
  }
  const servers = (value as Record<string, unknown>)[program.key] ?? {};
  if (typeof servers === 'object' && !Array.isArray(servers)) return servers as Record<string, unknown>;
  throw new CrafterError('INVALID_INPUT', `In ${file}, \`${program.key}\` is no object. The file was left as it is.`, {
    hint: `Make \`${program.key}\` an object of servers by name.`,
  });
}

/**
 * The file's bytes before we connected, when taking our entry out of today's file gives the same value:
 * `none` when there was no file, undefined when the file has changed otherwise since.
 */
async function originalOf(
  file: string,
  now: string,
  program: ClientProgram,
  server: string,
): Promise<string | 'none' | undefined> {
  const current = parse(now) as Record<string, Record<string, unknown>>;
  delete current[program.key]?.[server];
  const backup = await readConfig(`${file}.mcp-crafter-backup`);
  if (backup === undefined) {
    const rest = Object.keys(current).length === 1 && Object.keys(current[program.key] ?? {}).length === 0;
    return rest ? 'none' : undefined;
  }
  const past = parse(backup) as Record<string, unknown>;
  const same = JSON.stringify({ [program.key]: {}, ...current }) === JSON.stringify({ [program.key]: {}, ...past });
  return same ? backup : undefined;
}
