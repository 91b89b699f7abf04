import { closeSync, fstatSync, openSync, readFileSync, statSync } from 'node:fs';
import { text as readStream } from 'node:stream/consumers';
import { CrafterError } from '../errors.ts';
import { apiFiles } from './api-files.ts';

/** Largest document read from a file or standard input, in bytes; sources have tighter limits of their own. */
const maxBytes = 32 * 1024 * 1024;

/** Flags that name a document, to its kind. */
export const documentFlags = ['form', 'context', 'openapi', 'blueprint'] as const;

export interface RequestWords {
  /** What stood by position, at most two. */
  readonly positionals: readonly string[];
  readonly flags: Readonly<Record<string, unknown>>;
  /** Input field for the server's name; a trailing `?` when it may be left out. */
  readonly name: string;
}

/**
 * Sorts out what the user gave: a server's name, a document (file or `-`), or plain words.
 * @throws CrafterError INVALID_INPUT when a file is missing or two requests were given.
 */
export async function requestInput({ positionals, flags, name }: RequestWords): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  const given: string[] = [];
  const needsName = !name.endsWith('?');
  for (const [index, word] of positionals.entries()) {
    if (index === 0 && (needsName || isName(word, positionals.length > 1 || hasRequestFlag(flags)))) {
      input[name.replace('?', '')] = word;
      continue;
    }
    given.push(word);
    Object.assign(input, await readPositional(word));
  }
  for (const kind of documentFlags) {
    const file = flags[kind];
    if (typeof file !== 'string') continue;
    given.push(`--${kind}`);
    Object.assign(input, isUrl(file) && kind === 'openapi' ? { document_url: file } : await readFile(file), { kind });
  }
  if (typeof flags.prompt === 'string') given.push('--prompt');
  if (given.length > 1) {
    throw new CrafterError('INVALID_INPUT', `More than one request was given: ${given.join(', ')}.`, {
      hint: 'Give one file, or `-`, or words in quotes.',
    });
  }
  return input;
}

/** With a request beside it, the first word is the name whatever it looks like, so that a bad name is called one. */
function isName(word: string, requestElsewhere: boolean): boolean {
  if (requestElsewhere) return word !== '-';
  return /^[A-Za-z0-9][\w.-]*$/.test(word) && !/\.(json|txt|md|ya?ml)$/i.test(word);
}

function hasRequestFlag(flags: Readonly<Record<string, unknown>>): boolean {
  return [...documentFlags, 'prompt'].some((flag) => typeof flags[flag] === 'string');
}

async function readPositional(word: string): Promise<Record<string, unknown>> {
  if (isUrl(word)) return { document_url: word };
  if (/\s/.test(word) && statSync(word, { throwIfNoEntry: false }) === undefined) return { prompt: word };
  const read = await readFile(word);
  // A form and a context are JSON: YAML is an API's document, or its reader says what it lacks.
  return /\.ya?ml$/i.test(word) && !/^\s*\{/.test(String(read['document'])) ? { kind: 'openapi', ...read } : read;
}

const isUrl = (word: string): boolean => /^https?:\/\/\S+$/i.test(word);

async function readFile(file: string): Promise<Record<string, unknown>> {
  if (file === '-') return { document: await readStandardInput() };
  const document = readDocument(file);
  return { document, ...(await apiFiles(file, document)) };
}

/** @throws CrafterError INVALID_INPUT when it cannot be read, INPUT_TOO_LARGE. */
export function readDocument(file: string): string {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    throw new CrafterError(
      'INVALID_INPUT',
      `The file \`${file}\` cannot be read: ${(error as NodeJS.ErrnoException).code ?? ''}.`,
      {
        hint: 'Give the path of a JSON, YAML or text file, `-` for standard input, or a request in quotes: mcp-crafter create "read CSV files and …".',
      },
    );
  }
  try {
    const status = fstatSync(descriptor);
    if (status.isDirectory())
      throw new CrafterError('INVALID_INPUT', `\`${file}\` is a folder.`, { hint: 'Give a file.' });
    if (status.size > maxBytes) throw tooLarge(file, status.size);
    return refuseOtherThanJson(file, readFileSync(descriptor, 'utf8'));
  } finally {
    closeSync(descriptor);
  }
}

/** What a `.json` file holds is never taken for plain words; JSON that breaks off later is told with its place by its reader. */
function refuseOtherThanJson(file: string, text: string): string {
  if (!/\.json$/i.test(file) || /^\uFEFF?\s*(?:[[{]|$)/.test(text)) return text;
  throw new CrafterError(
    'INVALID_INPUT',
    `\`${file}\` is not JSON: it begins with “${text.trimStart().slice(0, 30).split('\n')[0]}”.`,
    {
      hint: 'A request as JSON is one object in braces. Name a file of plain words .txt or .md.',
    },
  );
}

async function readStandardInput(): Promise<string> {
  if (process.stdin.isTTY) process.stderr.write('Reading the request from standard input; end it with Ctrl-D.\n');
  let bytes = 0;
  const bounded = async function* (): AsyncGenerator<Buffer> {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) throw tooLarge('standard input', bytes);
      yield chunk;
    }
  };
  return readStream(bounded() as unknown as NodeJS.ReadableStream);
}

function tooLarge(what: string, bytes: number): CrafterError {
  return new CrafterError(
    'INPUT_TOO_LARGE',
    `${what} holds ${(bytes / 1048576).toFixed(1)} MB or more; a request may hold ${maxBytes / 1048576} MB.`,
    {
      hint: 'Leave data out of the request: grant the server the folder it is in with --folder. Of an API, give the part that the server needs.',
    },
  );
}
