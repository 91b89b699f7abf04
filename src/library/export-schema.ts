import type { JsonSchema } from '../spec/index.ts';
import { answer, columns, count, dataset, path, row } from './schema.ts';

/** Parameters that every exporter has. */
export function exportInput(extension: string): Record<string, JsonSchema> {
  return {
    dataset: dataset('Name of the dataset to write, as an earlier tool returned it.'),
    path: path(`File to write; exports/<dataset>.${extension} in the workspace by default.`),
    columns: columns('Columns to write, in this order; all by default.', { minItems: 1 }),
  };
}

/** What every exporter returns. */
export const exportAnswer: JsonSchema = answer({
  file: { type: 'string', description: 'The file that was written.' },
  bytes: count('Its size.'),
  rows: count('Rows in it.'),
  columns: { type: 'array', items: { type: 'string' }, description: 'Its columns.' },
  preview: { type: 'array', items: row, maxItems: 5, description: 'Its first rows, long values cut.' },
});
