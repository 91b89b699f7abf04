import { parse, printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import { CrafterError } from '../errors.ts';
import { nearest } from '../spec/index.ts';
import { clientPrograms } from '../util/index.ts';
import type { ClientProgram } from '../util/index.ts';
import { backupOf, readConfig, followLink, removeFile, replaceFile } from './client-file.ts';
import { entry, isOurs, foreignEntry, leadsHere, refuseNoName } from './client-entry.ts';
import { withEntries, withEntry, withoutMark } from './client-text.ts';
import type { Entry } from './client-text.ts';

export interface ConnectTarget {
  readonly client: string;
  readonly server: string;
  /** Write the file of this project folder instead of the user's own. */
  readonly project?: string;
  /** Only an entry that leads to the state folder of now: a server of the same name may stand in another. */
  readonly here?: true;
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
  refuseNoName(target.server);
  const file = await followLink(configFile(program, target));
  const before = await readConfig(file);
  const wanted = entry(program, target.server);
  const servers = serversOf(before, file, program);
  const present = servers[target.server];
  if (present !== undefined && !isOurs(present, target.server)) throw foreignEntry(file, target.server);
  const result = { ...connectionSnippet(target), file };
  if (JSON.stringify(present) === JSON.stringify(wanted)) return result;
  const after = withEntry(before, program, { name: target.server, value: wanted });
  // The copy stays that of the file before any of ours, as long as nobody else changed it.
  const kept = oursIn(servers).length > 0 && (await originOf(file, before, program, oursIn(servers))) !== undefined;
  await replaceFile(file, before, after, kept ? 'keep' : 'renew');
  return {
    ...result,
    changed: true,
    ...((await readConfig(backupOf(file))) !== undefined && { backup: backupOf(file) }),
  };
}

/** Takes the server out again; restores the file byte for byte when nothing else changed since. */
export async function disconnectClient(target: ConnectTarget): Promise<ConnectResult> {
  const program = clientProgram(target.client);
  refuseNoName(target.server);
  const file = await followLink(configFile(program, target));
  const before = await readConfig(file);
  const result = { client: program.title, file, changed: false, snippet: '', next: program.next };
  const servers = serversOf(before, file, program);
  const present = servers[target.server];
  if (before === undefined || present === undefined) return result;
  if (!isOurs(present, target.server)) throw foreignEntry(file, target.server);
  if (target.here && !leadsHere(present)) return result;
  const origin = await originOf(file, before, program, oursIn(servers));
  const added = origin?.added.filter(({ name }) => name !== target.server) ?? [];
  if (origin === undefined || added.length === origin.added.length) {
    await replaceFile(file, before, withEntry(before, program, { name: target.server, value: undefined }), 'renew');
    return { ...result, changed: true, backup: backupOf(file) };
  }
  const after = withEntries(origin.text, program, added);
  if (after === undefined) await removeFile(file);
  else await replaceFile(file, before, after, added.length === 0 ? 'remove' : 'keep');
  return { ...result, changed: true };
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
  const clean = text === undefined ? '' : withoutMark(text);
  if (clean.trim() === '') return {};
  const errors: ParseError[] = [];
  const value: unknown = parse(clean, errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
    const line = clean.slice(0, first?.offset ?? 0).split('\n').length;
    const why = first === undefined ? 'it is no JSON object' : `${printParseErrorCode(first.error)} in line ${line}`;
    throw new CrafterError('INVALID_INPUT', `${file} cannot be read: ${why}. It was left as it is.`, {
      hint: 'Mend the file, or add the entry by hand: `mcp-crafter connect CLIENT NAME --print` shows it.',
    });
  }
  const { [program.key]: servers = {} } = value as Record<string, unknown>;
  if (typeof servers === 'object' && servers !== null && !Array.isArray(servers))
    return servers as Record<string, unknown>;
  throw new CrafterError('INVALID_INPUT', `In ${file}, \`${program.key}\` is no object. The file was left as it is.`, {
    hint: `Make \`${program.key}\` an object of servers by name.`,
  });
}

const oursIn = (servers: Readonly<Record<string, unknown>>): Entry[] =>
  Object.entries(servers).flatMap(([name, value]) => (isOurs(value, name) ? [{ name, value }] : []));

interface Origin {
  /** What the file held; undefined where there was none. */
  readonly text: string | undefined;
  /** Ours that were put in since. */
  readonly added: readonly Entry[];
}

/**
 * What the file was before entries of ours were put in, if putting them in again gives today's bytes: nobody else has
 * changed it since.
 */
async function originOf(
  file: string,
  now: string | undefined,
  program: ClientProgram,
  ours: readonly Entry[],
): Promise<Origin | undefined> {
  for (const text of [await readConfig(backupOf(file)), undefined]) {
    const had = text === undefined ? {} : readable(text, file, program);
    const added = ours.filter(({ name }) => !Object.hasOwn(had ?? {}, name));
    if (had !== undefined && withEntries(text, program, added) === now) return { text, added };
  }
  return undefined;
}

/** Servers of a copy, which a person may have changed. */
function readable(text: string, file: string, program: ClientProgram): Record<string, unknown> | undefined {
  try {
    return serversOf(text, file, program);
  } catch {
    return undefined;
  }
}
