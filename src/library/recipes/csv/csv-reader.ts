import Papa from 'papaparse';
import { ToolError } from '#runtime/errors.ts';

/** One record of a CSV text with the line of the source where it begins. */
export interface CsvRecord {
  readonly cells: readonly string[];
  readonly line: number;
  /** What is wrong with its quoting. */
  readonly problem?: string;
}

const maxRecordCharacters = 4 * 1024 * 1024;
const stepCharacters = 256 * 1024;

interface Parsed {
  readonly data: string[][];
  readonly errors: readonly { readonly code: string; readonly row: number }[];
  readonly meta: { readonly cursor: number };
}

/** Delimiter of a text from its first lines: comma, semicolon, tab or bar. */
export function detectDelimiter(sample: string): string {
  const named = /^sep=(.)\r?\n/i.exec(sample)?.[1];
  if (named) return named;
  const lastLine = sample.lastIndexOf('\n');
  const whole = lastLine > 0 ? sample.slice(0, lastLine) : sample;
  const scored = [',', ';', '\t', '|'].map((delimiter) => ({ delimiter, score: score(whole, delimiter) }));
  return scored.reduce((best, next) => (next.score > best.score ? next : best)).delimiter;
}

/** How well the first records fit a delimiter: the share that has as many cells as the header; more cells win a tie. */
function score(sample: string, delimiter: string): number {
  const { data, errors } = Papa.parse<string[]>(sample, { delimiter, preview: 50, skipEmptyLines: true });
  const width = data[0]?.length ?? 0;
  if (width < 2) return 0;
  const fitting = data.filter((cells) => cells.length === width).length;
  return (fitting - errors.length) / data.length + Math.min(width, 100) / 1_000;
}

/** Records of a CSV text that comes in pieces; blank lines are left out. Line ends are read as `\n`. */
export async function* csvRecords(pieces: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRecord> {
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: '"' });
  let line = 1;
  let rest = '';
  let nextParse = 0;
  for await (const piece of unixLines(pieces)) {
    rest += piece;
    if (rest.length < nextParse) continue;
    const parsed = parser.parse(rest, 0, true) as Parsed;
    line = yield* records(parsed, line);
    rest = rest.slice(parsed.meta.cursor);
    if (rest.length > maxRecordCharacters) throw tooLong(line);
    // A record that is still open is parsed again only when much more of it is there.
    nextParse = Math.max(stepCharacters, rest.length * 2);
  }
  if (rest !== '') yield* records(parser.parse(rest, 0, false) as Parsed, line);
}

function* records(parsed: Parsed, firstLine: number): Generator<CsvRecord, number> {
  const quoting = new Map(parsed.errors.map((error) => [error.row, error.code]));
  let line = firstLine;
  for (const [index, cells] of parsed.data.entries()) {
    const problem = quotingProblem(quoting.get(index));
    const blank = cells.length === 0 || (cells.length === 1 && cells[0]!.trim() === '');
    if (!blank) yield { cells, line, ...(problem === undefined ? {} : { problem }) };
    line += 1 + cells.reduce((count, cell) => count + lineEnds(cell), 0);
  }
  return line;
}

function quotingProblem(code: string | undefined): string | undefined {
  if (code === 'MissingQuotes') return 'a quote is never closed';
  if (code === 'InvalidQuotes') return 'text follows a closing quote';
  return undefined;
}

function lineEnds(cell: string): number {
  let count = 0;
  for (let at = cell.indexOf('\n'); at !== -1; at = cell.indexOf('\n', at + 1)) count += 1;
  return count;
}

/** Turns `\r\n` and `\r` into `\n`, also where a piece ends between the two; leaves out a line `sep=;` of Excel. */
async function* unixLines(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  let first = true;
  for await (const piece of pieces) {
    let text = held + piece;
    held = text.endsWith('\r') ? '\r' : '';
    if (held) text = text.slice(0, -1);
    text = text.replace(/\r\n?/g, '\n');
    if (first) text = text.replace(/^sep=.\n/i, '\n');
    first = false;
    yield text;
  }
  if (held) yield '\n';
}

function tooLong(line: number): ToolError {
  return new ToolError(
    `The record that begins in line ${line} is longer than 4 MB.`,
    'Look there for a quote that is never closed.',
  );
}
