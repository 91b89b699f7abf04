import { clientPrograms, commandName } from '../../util/index.ts';
import { style } from '../output.ts';
import { table } from '../render/table.ts';

export interface ValidationError {
  readonly row: number;
  readonly column: string;
  readonly value: string;
  readonly reason: string;
}

export interface Cleaned {
  readonly rows: number;
  readonly rejected: number;
  readonly errorCount: number;
  readonly errors: readonly ValidationError[];
  readonly preview: readonly Record<string, unknown>[];
  readonly columns: readonly string[];
  readonly file: string;
}

export function resultText(server: string, cleaned: Cleaned): string {
  const kept = cleaned.rows - cleaned.rejected;
  return [
    '',
    `${kept} of ${cleaned.rows} rows are clean; the first of them:`,
    indent(
      table(
        [cleaned.columns, ...cleaned.preview.map((row) => cleaned.columns.map((column) => String(row[column] ?? '')))],
        28,
      ),
    ),
    '',
    `${cleaned.errorCount} errors in the other ${cleaned.rejected}:`,
    indent(
      table(
        [
          ['ROW', 'COLUMN', 'VALUE', 'REASON'],
          ...cleaned.errors.map((error) => [String(error.row), error.column, error.value, error.reason]),
        ],
        70,
      ),
    ),
    '',
    `The cleaned data: ${cleaned.file}`,
    '',
    heading('3  Use it from your client'),
    indent(table(clientPrograms.map((client) => [client.title, `${commandName} connect ${client.name} ${server}`]))),
    '  (--print only shows what would be written)',
    '',
    `Next: ${commandName} call customer-data csv_processor '{"path": "customers.csv"}'`,
    `      ${commandName} create "…what you need, in plain words…" --folder PATH --wait`,
  ].join('\n');
}

export function heading(text: string): string {
  return style('bold', text);
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${line}`)
    .join('\n');
}
