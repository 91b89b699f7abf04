import { XMLBuilder } from 'fast-xml-parser';
import type { DatasetContext, Row, Value } from '#shared/dataset.ts';
import { exportDataset, type ExportArguments, type ExportResult } from '#shared/export-file.ts';

export interface ExportXmlInput extends ExportArguments {
  readonly root?: string;
  readonly record?: string;
}

/** Writes a dataset as XML: one element a row, one element a column. */
export function exportXml(args: ExportXmlInput, context: DatasetContext): Promise<ExportResult> {
  const root = elementName(args.root ?? 'records');
  const record = elementName(args.record ?? 'record');
  const builder = new XMLBuilder({ format: true, indentBy: '  ', suppressEmptyNode: true });
  const element = (row: Row): string => {
    const text = String(builder.build({ [record]: named(row) })).trimEnd();
    return text
      .split('\n')
      .map((line) => `  ${line}\n`)
      .join('');
  };
  return exportDataset(args, context, 'xml', () => ({
    start: `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>\n`,
    row: element,
    end: `</${root}>\n`,
  }));
}

function named(value: Value): unknown {
  if (Array.isArray(value)) return value.map(named);
  if (value === null) return '';
  if (typeof value === 'string') return withoutControls(value);
  if (typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [elementName(key), named(child)]));
}

/** Characters that XML 1.0 cannot hold are left out. */
function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
}

/** A valid element name: `2nd price (€)` → `_2nd_price_`. */
function elementName(name: string): string {
  const safe = name.replace(/[^\p{L}\p{N}_.-]+/gu, '_');
  return /^[\p{L}_]/u.test(safe) && !/^xml/i.test(safe) && !safe.startsWith('__')
    ? safe
    : `_${safe.replace(/^_+/, '')}`;
}
