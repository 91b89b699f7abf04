import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { shownPath } from '#shared/file-writer.ts';
import { fileLines } from '#shared/lines.ts';
import { safePattern } from '#shared/pattern.ts';

export interface FileSearcherInput {
  folder?: string;
  name?: string;
  text?: string;
  regex?: boolean;
  ignore_case?: boolean;
  limit?: number;
}

export interface FileMatch {
  file: string;
  bytes: number;
  line?: number;
  text?: string;
}

export interface FileSearcherOutput {
  matches: FileMatch[];
  files_searched: number;
  files_skipped: number;
  truncated: boolean;
}

type Context = ToolContext & FolderContext;

const mostFiles = 50_000;
const largestFile = 50_000_000;
const shownCharacters = 300;

/** Finds files by name, and lines in them by text, in the workspace and the granted folders. */
export async function searchFiles(args: FileSearcherInput, context: Context): Promise<FileSearcherOutput> {
  if (args.name === undefined && args.text === undefined)
    throw new ToolError('It is not said what to look for.', 'Give `name`, `text` or both.');
  const limit = args.limit ?? 100;
  const found: FileSearcherOutput = { matches: [], files_searched: 0, files_skipped: 0, truncated: false };
  const isMatch = lineTest(args);
  for await (const path of candidates(args, context)) {
    if (found.truncated) break;
    const info = await stat(path).catch(() => undefined);
    if (info === undefined) continue;
    found.files_searched += 1;
    if (found.files_searched % 100 === 0)
      context.progress(found.files_searched, undefined, `${found.files_searched} files searched`);
    const file = await shownPath(context, path);
    if (isMatch === undefined) add(found, { file, bytes: info.size }, limit);
    else if (
      info.size > largestFile ||
      !(await searchLines(path, { file, bytes: info.size }, isMatch, found, limit, context))
    )
      found.files_skipped += 1;
  }
  return found;
}

function add(found: FileSearcherOutput, match: FileMatch, limit: number): void {
  if (found.matches.length >= limit) found.truncated = true;
  else found.matches.push(match);
}

/** False for a file that is no text. */
async function searchLines(
  path: string,
  match: FileMatch,
  isMatch: (line: string) => boolean,
  found: FileSearcherOutput,
  limit: number,
  context: Context,
): Promise<boolean> {
  let number = 0;
  try {
    for await (const line of fileLines(path, context.signal)) {
      number += 1;
      if (line.includes('\0')) return false;
      if (isMatch(line)) add(found, { ...match, line: number, text: line.trim().slice(0, shownCharacters) }, limit);
      if (found.truncated) return true;
    }
    return true;
  } catch (error) {
    context.signal.throwIfAborted();
    if (error instanceof ToolError && !error.message.startsWith('A line is longer')) throw error;
    return false;
  }
}

function lineTest(args: FileSearcherInput): ((line: string) => boolean) | undefined {
  const { text } = args;
  if (text === undefined) return undefined;
  const ignoreCase = args.ignore_case !== false;
  if (args.regex === true) {
    const pattern = safePattern(text, ignoreCase);
    return (line) => pattern.test(line);
  }
  const wanted = ignoreCase ? text.toLowerCase() : text;
  return (line) => (ignoreCase ? line.toLowerCase() : line).includes(wanted);
}

/** Files whose name fits, hidden ones left out unless the pattern asks for them; absolute paths. */
async function* candidates(args: FileSearcherInput, context: Context): AsyncGenerator<string> {
  const folders =
    args.folder === undefined
      ? context.folders.roots.map((root) => root.path)
      : [await context.folders.toRead(args.folder)];
  const name = args.name ?? '**';
  // Extended globs can take exponential time; a name without a slash is looked for at any depth.
  const fits = picomatch(name, {
    noextglob: true,
    nocase: args.ignore_case !== false,
    basename: !name.includes('/'),
    dot: /(^|\/)\./.test(name),
  });
  for (const folder of folders) {
    const files = await context.folders.list(folder, mostFiles).catch(() => []);
    for (const file of files) {
      context.signal.throwIfAborted();
      if (fits(file)) yield join(folder, file);
    }
  }
}
