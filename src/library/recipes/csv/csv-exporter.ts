import Papa from 'papaparse';
import type { DatasetContext, Value } from '#shared/dataset.ts';
import { exportDataset, type ExportArguments, type ExportResult } from '#shared/export-file.ts';

export interface ExportCsvInput extends ExportArguments {
  readonly delimiter?: string;
  readonly header?: boolean;
  readonly byteOrderMark?: boolean;
  readonly keepFormulas?: boolean;
}

const delimiters: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', bar: '|' };

/** What a spreadsheet would run; numbers and phone numbers with a sign are not meant. */
const formula = /^(?:[=@\t\r]|[+-](?![\d\s().-]*$))/;

/** Writes a dataset as CSV after RFC 4180. */
export function exportCsv(args: ExportCsvInput, context: DatasetContext): Promise<ExportResult> {
  const options = {
    delimiter: delimiters[args.delimiter ?? 'comma'] ?? ',',
    newline: '\r\n',
    escapeFormulae: args.keepFormulas === true ? false : formula,
  };
  const line = (cells: readonly (Value | undefined)[]): string => `${Papa.unparse([cells.map(cellText)], options)}\r\n`;
  return exportDataset(args, context, 'csv', (columns) => ({
    start: (args.byteOrderMark === true ? '\u{feff}' : '') + ((args.header ?? true) ? line(columns) : ''),
    row: (row) => line(columns.map((column) => row[column])),
    end: '',
  }));
}

function cellText(value: Value | undefined): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
