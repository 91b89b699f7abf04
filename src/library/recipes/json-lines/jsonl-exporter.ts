import type { DatasetContext } from '#shared/dataset.ts';
import { exportDataset, type ExportArguments, type ExportResult } from '#shared/export-file.ts';

/** Writes a dataset as JSON Lines. */
export function exportJsonLines(args: ExportArguments, context: DatasetContext): Promise<ExportResult> {
  return exportDataset(args, context, 'jsonl', () => ({
    start: '',
    row: (row) => `${JSON.stringify(row)}\n`,
    end: '',
  }));
}
