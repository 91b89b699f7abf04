import type { DatasetContext } from '#shared/dataset.ts';
import { exportDataset, type ExportArguments, type ExportResult } from '#shared/export-file.ts';

export interface ExportJsonInput extends ExportArguments {
  readonly indent?: number;
}

/** Writes a dataset as one JSON array, row by row. */
export function exportJson(args: ExportJsonInput, context: DatasetContext): Promise<ExportResult> {
  const indent = args.indent ?? 2;
  const margin = ' '.repeat(indent);
  const newline = indent === 0 ? '' : '\n';
  return exportDataset(args, context, 'json', () => {
    let any = false;
    return {
      start: '[',
      row: (row) => {
        const text = JSON.stringify(row, null, indent).replaceAll('\n', `\n${margin}`);
        const comma = any ? ',' : '';
        any = true;
        return `${comma}${newline}${margin}${text}`;
      },
      end: `${newline}]\n`,
    };
  });
}
