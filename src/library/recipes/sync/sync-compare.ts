import { createHash } from 'node:crypto';
import { isRecord, type RecordValue, type Value } from '#shared/field-path.ts';

/** What both sides looked like when they last agreed. */
export interface Agreed {
  readonly local: string;
  readonly remote: string;
  /** The API's id of the record. */
  readonly id?: string;
}

export type ConflictRule = 'newest_wins' | 'local_wins' | 'remote_wins' | 'manual';

export type Step =
  | 'none'
  | 'agree'
  | 'pull'
  | 'push'
  | 'create_local'
  | 'create_remote'
  | 'delete_local'
  | 'delete_remote'
  | 'forget'
  | 'conflict';

export interface Decision {
  readonly step: Step;
  /** True when both sides had changed and the rule decided. */
  readonly resolved?: boolean;
  readonly reason?: string;
}

export interface CompareOptions {
  /** Fields that say nothing about content: the key, the id, versions, times of change. */
  readonly ignored: ReadonlySet<string>;
  readonly updatedAt: string;
  readonly rule: ConflictRule;
}

/** Fingerprint of a record's content, without the ignored fields; the order of fields does not matter. */
export function fingerprint(record: RecordValue, ignored: ReadonlySet<string>): string {
  const entries = Object.entries(record).filter(([field]) => !ignored.has(field));
  return createHash('sha256')
    .update(stable(Object.fromEntries(entries)))
    .digest('hex')
    .slice(0, 32);
}

/** What has to happen to one record, from its two sides and what they last agreed on. */
export function decide(
  local: RecordValue | undefined,
  remote: RecordValue | undefined,
  agreed: Agreed | undefined,
  options: CompareOptions,
): Decision {
  if (local === undefined && remote === undefined) return { step: 'forget' };
  const localChanged = local !== undefined && fingerprint(local, options.ignored) !== agreed?.local;
  const remoteChanged = remote !== undefined && fingerprint(remote, options.ignored) !== agreed?.remote;
  if (local === undefined) return missing('local', remoteChanged, agreed);
  if (remote === undefined) return missing('remote', localChanged, agreed);
  if (!localChanged && !remoteChanged) return { step: 'none' };
  if (covers(remote, local, options.ignored))
    return { step: remoteChanged && !covers(local, remote, options.ignored) ? 'pull' : 'agree' };
  if (!localChanged) return { step: 'pull' };
  if (!remoteChanged) return { step: 'push' };
  return byRule(local, remote, options);
}

function missing(side: 'local' | 'remote', otherChanged: boolean, agreed: Agreed | undefined): Decision {
  if (agreed === undefined) return { step: side === 'local' ? 'create_local' : 'create_remote' };
  if (otherChanged) {
    const other = side === 'local' ? 'in the API' : 'locally';
    return { step: 'conflict', reason: `deleted ${side === 'local' ? 'locally' : 'in the API'} and changed ${other}` };
  }
  return { step: side === 'local' ? 'delete_remote' : 'delete_local' };
}

function byRule(local: RecordValue, remote: RecordValue, options: CompareOptions): Decision {
  if (options.rule === 'local_wins') return { step: 'push', resolved: true };
  if (options.rule === 'remote_wins') return { step: 'pull', resolved: true };
  if (options.rule === 'manual') return { step: 'conflict', reason: 'changed on both sides' };
  const localTime = timeOf(local[options.updatedAt]);
  const remoteTime = timeOf(remote[options.updatedAt]);
  if (Number.isNaN(localTime) || Number.isNaN(remoteTime))
    return { step: 'conflict', reason: `changed on both sides, and ${options.updatedAt} is no time on both` };
  if (localTime === remoteTime)
    return { step: 'conflict', reason: `changed on both sides at the same ${options.updatedAt}` };
  return { step: localTime > remoteTime ? 'push' : 'pull', resolved: true };
}

/** A number is seconds or milliseconds since 1970; a text is a date with time. */
function timeOf(value: Value | undefined): number {
  if (typeof value === 'number') return value < 100_000_000_000 ? value * 1000 : value;
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
}

/** Whether `whole` says the same as `part` in every field of `part`. Rows from CSV hold texts: 42 is "42". */
function covers(whole: RecordValue, part: RecordValue, ignored: ReadonlySet<string>): boolean {
  return Object.entries(part).every(([field, value]) => ignored.has(field) || same(whole[field], value));
}

function same(a: Value | undefined, b: Value | undefined): boolean {
  if (isEmpty(a) && isEmpty(b)) return true;
  const scalars = typeof a !== 'object' && typeof b !== 'object';
  return scalars ? String(a) === String(b) : stable(a ?? null) === stable(b ?? null);
}

const isEmpty = (value: Value | undefined): boolean => value === undefined || value === null || value === '';

function stable(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(stable).join(',')}]`;
  if (!isRecord(value)) return JSON.stringify(value);
  const fields = Object.keys(value).toSorted((a, b) => (a < b ? -1 : 1));
  return `{${fields.map((field) => `${JSON.stringify(field)}:${stable(value[field] ?? null)}`).join(',')}}`;
}
