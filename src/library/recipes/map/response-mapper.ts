import type { FolderContext, ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { datasetRows, makeRow, writeDataset, type DatasetResult, type Row } from '#shared/dataset.ts';
import { getField, isRecord, setField, type RecordValue, type Value } from '#shared/field-path.ts';

export interface FieldRule {
  to: string;
  from?: string;
  constant?: string | number | boolean | null;
  default?: string | number | boolean | null;
}

export interface ResponseMapperInput {
  dataset?: string;
  document?: RecordValue | Value[];
  records_path?: string;
  fields: FieldRule[];
  keep_other?: boolean;
  output: string;
}

export interface ResponseMapperOutput extends DatasetResult {
  missing: { field: string; rows: number }[];
}

/** Builds new records from old ones by field paths, constants and defaults; no expression is ever run. */
export async function mapResponse(
  args: ResponseMapperInput,
  context: ToolContext & FolderContext,
): Promise<ResponseMapperOutput> {
  const missing = new Map<string, number>();
  const source = args.dataset === undefined ? recordsIn(args) : datasetRows(context, args.dataset);
  const result = await writeDataset(context, args.output, mapped(source, args, missing));
  return { ...result, missing: [...missing].map(([field, rows]) => ({ field, rows })) };
}

async function* mapped(
  source: AsyncIterable<Row> | Iterable<RecordValue>,
  args: ResponseMapperInput,
  missing: Map<string, number>,
): AsyncGenerator<Row> {
  for await (const record of source) yield mapRecord(record, args, missing);
}

function mapRecord(record: RecordValue, args: ResponseMapperInput, missing: Map<string, number>): Row {
  const row = makeRow(args.keep_other === true ? structuredClone({ ...record }) : undefined);
  for (const rule of args.fields) if (rule.from !== undefined) delete row[rule.from];
  for (const rule of args.fields) {
    const found = rule.from === undefined ? rule.constant : getField(record, rule.from);
    const value = found === undefined || found === null ? (rule.default ?? found ?? null) : found;
    if (rule.from !== undefined && found === undefined) missing.set(rule.from, (missing.get(rule.from) ?? 0) + 1);
    setField(row, rule.to, value);
  }
  return row;
}

function recordsIn(args: ResponseMapperInput): RecordValue[] {
  if (args.document === undefined)
    throw new ToolError('There is nothing to map.', 'Give `dataset`, or `document` for a small answer.');
  const found = args.records_path === undefined ? args.document : getField(args.document, args.records_path);
  if (found === undefined)
    throw new ToolError(`The document has no field ${args.records_path}.`, 'Correct records_path.');
  const records = Array.isArray(found) ? found : [found];
  return records.map((record) => (isRecord(record) ? record : { value: record }));
}
