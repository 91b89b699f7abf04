import { ToolError } from '#runtime/errors.ts';
import { uniqueNames } from '#shared/column-names.ts';
import { fillDataset, makeRow, type DatasetContext, type DatasetResult, type Row } from '#shared/dataset.ts';
import { datasetName } from '#shared/dataset-names.ts';
import { openText, type TextInput } from '#shared/text-input.ts';
import { csvRecords, detectDelimiter } from './csv-reader.ts';

export interface ProcessCsvInput {
  readonly path?: string;
  readonly text?: string;
  readonly dataset?: string;
  readonly delimiter?: string;
  readonly encoding?: string;
  readonly header?: boolean;
}

/** A record that is not as the header says. Rows count from 1 without the header. */
export interface RowProblem {
  row: number;
  line: number;
  problem: string;
}

export interface ProcessCsvOutput extends DatasetResult {
  delimiter: string;
  encoding: string;
  problemCount: number;
  problems: RowProblem[];
  notes: string[];
}

const delimiters: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', bar: '|' };
const shownProblems = 20;

/** Reads CSV into a dataset; every cell stays text, an empty one becomes null. */
export async function processCsv(args: ProcessCsvInput, context: DatasetContext): Promise<ProcessCsvOutput> {
  const input = await openText(args, context);
  const delimiter = delimiters[args.delimiter ?? 'auto'] ?? detectDelimiter(await firstPiece(input));
  const records = csvRecords(input.pieces(), delimiter);
  const first = (await records.next()).value;
  if (!first) throw new ToolError(`${input.name} is empty.`, 'Give a file with a header row and data rows.');
  const header = args.header ?? true;
  const names = header ? uniqueNames(first.cells) : uniqueNames(first.cells.map(() => ''));
  const problems: RowProblem[] = [];
  let problemCount = 0;
  let row = 0;
  const result = await fillDataset(
    context,
    args.dataset ?? datasetName(input.name),
    async (add) => {
      const take = async (record: typeof first): Promise<void> => {
        row += 1;
        const problem = record.problem ?? raggedness(record.cells, names);
        if (problem !== undefined && ++problemCount <= shownProblems)
          problems.push({ row, line: record.line, problem });
        if (row % 5_000 === 0) context.progress(row, undefined, `${row} rows of ${input.name} read`);
        context.signal.throwIfAborted();
        await add(toRow(record.cells, names));
      };
      if (!header) await take(first);
      for await (const record of records) await take(record);
    },
    names,
  );
  const shownDelimiter = Object.entries(delimiters).find(([, sign]) => sign === delimiter)?.[0] ?? delimiter;
  const notes = header ? headerNotes(first.cells, names) : [];
  return { ...result, delimiter: shownDelimiter, encoding: input.encoding, problemCount, problems, notes };
}

async function firstPiece(input: TextInput): Promise<string> {
  for await (const piece of input.pieces()) return piece;
  return '';
}

function raggedness(cells: readonly string[], names: readonly string[]): string | undefined {
  if (cells.length === names.length) return undefined;
  const difference = cells.length < names.length ? 'the missing ones are null' : 'the others are in extra_1 and on';
  return `${cells.length} cells where the header has ${names.length}; ${difference}`;
}

function toRow(cells: readonly string[], names: readonly string[]): Row {
  const row = makeRow();
  for (const [index, name] of names.entries()) {
    const cell = cells[index];
    row[name] = cell === undefined || cell === '' ? null : cell;
  }
  for (let index = names.length; index < cells.length; index += 1)
    row[`extra_${index - names.length + 1}`] = cells[index]!;
  return row;
}

function headerNotes(given: readonly string[], names: readonly string[]): string[] {
  return names
    .flatMap((name, index) => {
      const before = (given[index] ?? '').trim();
      if (before === name) return [];
      return [
        before === ''
          ? `Column ${index + 1} has no name; it is called ${name}.`
          : `A second column “${before}” is called ${name}.`,
      ];
    })
    .slice(0, 20);
}
