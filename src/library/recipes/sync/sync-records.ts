import type { RecordValue } from '#shared/field-path.ts';
import { fingerprint, type CompareOptions } from './sync-compare.ts';
import type { Remote } from './sync-remote.ts';
import type { SyncState } from './sync-state.ts';

/** One thing that was done, would be done, or was left alone. */
export interface Change {
  readonly key: string;
  readonly side: 'local' | 'remote' | 'both';
  readonly action: 'created' | 'updated' | 'deleted' | 'conflict' | 'deletion_skipped' | 'failed';
  readonly reason?: string;
}

export interface Run {
  readonly locals: Map<string, RecordValue>;
  readonly remotes: Map<string, RecordValue>;
  readonly state: SyncState;
  readonly remote: Remote;
  readonly compare: CompareOptions;
  readonly idField: string;
  readonly deletes: boolean;
  readonly dryRun: boolean;
  /** Conflicts that the caller decided, by key. */
  readonly decided: ReadonlyMap<string, 'local' | 'remote'>;
  readonly changes: Change[];
  /** Local records without a key yet: created in the API, which gives them one. */
  readonly keyless: Set<RecordValue>;
  keyOf(record: RecordValue): string | undefined;
  unchanged: number;
  resolved: number;
}

/** After a write to the API: its answer (id, times, versions) goes into the local record too. */
export async function store(run: Run, key: string, local: RecordValue, saved: RecordValue): Promise<void> {
  const merged = { ...local, ...saved };
  run.locals.set(key, merged);
  run.remotes.set(key, saved);
  agree(run, key, merged, saved);
  await run.state.note(key, run.state.agreed.get(key));
}

export function agree(run: Run, key: string, local: RecordValue, remote: RecordValue): void {
  const { ignored } = run.compare;
  run.state.agreed.set(key, {
    local: fingerprint(local, ignored),
    remote: fingerprint(remote, ignored),
    id: idOf(run, remote, key),
  });
}

export function idOf(run: Run, remote: RecordValue, key: string): string {
  const id = remote[run.idField];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : key;
}

/** What the API itself keeps is not sent back. */
export function withoutKept(run: Run, record: RecordValue): RecordValue {
  return Object.fromEntries(
    Object.entries(record).filter(([field]) => field !== run.compare.updatedAt && !run.compare.ignored.has(field)),
  );
}

export function pick(record: RecordValue, like: RecordValue): RecordValue {
  return Object.fromEntries(Object.entries(record).filter(([field]) => Object.hasOwn(like, field)));
}
