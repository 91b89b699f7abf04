import { ToolError } from '#runtime/errors.ts';
import type { CallContext } from '#shared/bearer.ts';
import { callLogPath } from '#shared/call-log.ts';
import { datasetRows, makeRow, writeDataset, type DatasetResult, type Row } from '#shared/dataset.ts';
import { datasetNames } from '#shared/dataset-names.ts';
import type { RecordValue } from '#shared/field-path.ts';
import type { ConflictRule } from './sync-compare.ts';
import { apiRemote, datasetRemote } from './sync-remote.ts';
import { report, type Counts, type SyncReport } from './sync-report.ts';
import { reconcile } from './sync-run.ts';
import { type Run } from './sync-records.ts';
import { openState } from './sync-state.ts';

export interface SyncManagerInput {
  dataset: string;
  path?: string;
  remote_dataset?: string;
  key?: string;
  id_field?: string;
  updated_at?: string;
  conflict_rule?: ConflictRule;
  resolve?: { key: string; take: 'local' | 'remote' }[];
  field_names?: Record<string, string>;
  ignore_fields?: string[];
  items_path?: string;
  delete?: boolean;
  replace?: boolean;
  limit?: number;
  dry_run?: boolean;
}

export interface SyncManagerOutput extends Partial<DatasetResult>, SyncReport {
  complete: boolean;
  dry_run: boolean;
  local: Counts;
  remote: Counts;
  call_log: string;
  stopped_because?: string;
}

/** Makes a dataset and a collection of the API equal, in both directions. */
export async function syncManager(args: SyncManagerInput, context: CallContext): Promise<SyncManagerOutput> {
  const run = await prepare(args, context);
  const dryRun = run.dryRun;
  let stopped: string | undefined;
  let written: DatasetResult | undefined;
  try {
    stopped = await reconcile(run, context);
  } finally {
    // Also when cancelled: what the API already took must be known here.
    if (!dryRun) written = await save(args, run, context);
  }
  const summary = await report(context, args.dataset, run, dryRun);
  return {
    ...summary,
    ...written,
    complete: stopped === undefined,
    dry_run: dryRun,
    call_log: callLogPath,
    ...(stopped === undefined ? {} : { stopped_because: stopped }),
  };
}

async function save(args: SyncManagerInput, run: Run, context: CallContext): Promise<DatasetResult> {
  const steady = { ...context, signal: new AbortController().signal };
  const back = new Map(Object.entries(args.field_names ?? {}).map(([local, remote]) => [remote, local]));
  await run.remote.finish();
  const written = await writeDataset(steady, args.dataset, renamedAll([...run.locals.values(), ...run.keyless], back));
  await run.state.save();
  return written;
}

async function prepare(args: SyncManagerInput, context: CallContext): Promise<Run> {
  const idField = args.id_field ?? 'id';
  const key = args.key ?? idField;
  const updatedAt = args.updated_at ?? 'updated_at';
  const ignored = new Set([
    key,
    idField,
    updatedAt,
    'created_at',
    'version',
    'etag',
    '_etag',
    ...(args.ignore_fields ?? []),
  ]);
  const remote = await remoteOf(args, context, idField);
  const state = await openState(context, args.dataset);
  const run: Run = {
    locals: new Map(),
    remotes: new Map(),
    keyless: new Set(),
    changes: [],
    unchanged: 0,
    resolved: 0,
    state,
    remote,
    idField,
    compare: { ignored, updatedAt, rule: args.conflict_rule ?? 'newest_wins' },
    deletes: args.delete === true,
    dryRun: args.dry_run === true,
    decided: new Map((args.resolve ?? []).map(({ key: decided, take }) => [decided, take])),
    keyOf: (record) => keyOf(record, key),
  };
  for await (const row of localRows(args, context)) take(run.locals, row, run.keyOf(row), 'local dataset', run.keyless);
  for await (const record of remote.all()) take(run.remotes, record, run.keyOf(record), 'API');
  return run;
}

async function remoteOf(args: SyncManagerInput, context: CallContext, idField: string) {
  if (args.remote_dataset !== undefined) return datasetRemote(context, args.remote_dataset, idField);
  if (args.path === undefined)
    throw new ToolError(
      'It is not said what to sync with.',
      'Give `path`, the collection in the API, such as `contacts`.',
    );
  return apiRemote(context, {
    path: args.path,
    itemsPath: args.items_path,
    replace: args.replace === true,
    limit: args.limit ?? 10_000,
  });
}

/** A dataset that does not exist yet is empty: the first run fills it from the API. */
async function* localRows(args: SyncManagerInput, context: CallContext): AsyncGenerator<RecordValue> {
  if (!(await datasetNames(context)).includes(args.dataset)) return;
  const names = new Map(Object.entries(args.field_names ?? {}));
  for await (const row of datasetRows(context, args.dataset)) yield renamed(row, names);
}

function take(
  side: Map<string, RecordValue>,
  record: RecordValue,
  key: string | undefined,
  where: string,
  keyless?: Set<RecordValue>,
): void {
  if (key === undefined && keyless !== undefined) keyless.add(record);
  else if (key === undefined)
    throw new ToolError(
      `A record of the ${where} has no key.`,
      'Set `key` to a field that every record has, such as `email`.',
    );
  else if (side.has(key))
    throw new ToolError(
      `Two records of the ${where} have the key "${key.slice(0, 80)}".`,
      'Deduplicate first, or choose another `key`.',
    );
  else side.set(key, record);
}

function keyOf(record: RecordValue, field: string): string | undefined {
  const value = record[field];
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return value.includes('@') ? value.trim().toLowerCase() : value.trim();
}

function renamed(record: RecordValue, names: ReadonlyMap<string, string>): Row {
  const row = makeRow();
  for (const [field, value] of Object.entries(record)) row[names.get(field) ?? field] = value;
  return row;
}

function* renamedAll(records: readonly RecordValue[], names: ReadonlyMap<string, string>): Generator<Row> {
  for (const record of records) yield renamed(record, names);
}
