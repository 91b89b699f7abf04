import { createReadStream } from 'node:fs';
import { refused } from './archive/untar.ts';
import { isTable, type DumpedRow } from './dump.ts';

/** Longest line, in characters: the largest record that is stored, with room. */
const longest = 256 * 1024 * 1024;

/** The rows of a file of lines, each a table, a blank, and the row as JSON. @throws CrafterError INVALID_INPUT. */
export async function* rowsOf(file: string): AsyncGenerator<DumpedRow> {
  let parts: string[] = [];
  let length = 0;
  for await (const chunk of createReadStream(file, 'utf8') as AsyncIterable<string>) {
    const [first = '', ...more] = chunk.split('\n');
    parts.push(first);
    length += first.length;
    for (const line of more) {
      yield rowOf(parts.join(''));
      parts = [line];
      length = line.length;
    }
    if (length > longest) throw refused('a row is too long');
  }
  if (length > 0) throw refused('its rows break off');
}

function rowOf(line: string): DumpedRow {
  const blank = line.indexOf(' ');
  const table = line.slice(0, blank);
  if (!isTable(table)) throw refused('a row is of no known table');
  return { table, row: line.slice(blank + 1) };
}
