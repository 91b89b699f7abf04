import { applyEdits, modify } from 'jsonc-parser';
import type { EditResult } from 'jsonc-parser';
import type { ClientProgram } from '../util/index.ts';
import { formatting } from './client-file.ts';

/** A server as it stands in a client's file. */
export interface Entry {
  readonly name: string;
  readonly value: unknown;
}

/** Windows' editors begin a file with it; to a parser of JSON it is a wrong character. */
const mark = '\uFEFF';

export const withoutMark = (text: string): string => (text.startsWith(mark) ? text.slice(1) : text);

/** The file's text with an entry put in or, where its value is undefined, taken out; all else stays as it stands. */
export function withEntry(before: string | undefined, { key }: ClientProgram, { name, value }: Entry): string {
  if (before === undefined) return `${JSON.stringify({ [key]: { [name]: value } }, null, 2)}\n`;
  const text = withoutMark(before);
  return (text === before ? '' : mark) + applyEdits(text, editsOf(text, [key, name], value));
}

/** In place and in the file's style; the library throws where that would be indented by 200 columns, and writes it in one line then. */
function editsOf(text: string, path: string[], value: unknown): EditResult {
  try {
    return modify(text, path, value, { formattingOptions: formatting(text) });
  } catch {
    return modify(text, path, value, {});
  }
}

/** What a file became when entries were put in one after the other. */
export function withEntries(
  before: string | undefined,
  program: ClientProgram,
  entries: readonly Entry[],
): string | undefined {
  return entries.reduce<string | undefined>((text, entry) => withEntry(text, program, entry), before);
}
