import type { FolderContext } from '#runtime/context.ts';
import type { RecordValue } from '#shared/field-path.ts';
import type { Run } from './sync-records.ts';
import type { Change } from './sync-records.ts';

export interface Counts {
  created: number;
  updated: number;
  deleted: number;
}

export interface SyncReport {
  local: Counts;
  remote: Counts;
  unchanged: number;
  conflicts: number;
  conflicts_resolved: number;
  deletions_skipped: number;
  failed: number;
  first: Change[];
  report: string;
  conflicts_file?: string;
}

/** Counts what a run did and writes it out in full beside the dataset. */
export async function report(context: FolderContext, name: string, run: Run, dryRun: boolean): Promise<SyncReport> {
  const { changes } = run;
  const number = (side: Change['side'], action: Change['action']) =>
    changes.filter((change) => change.side === side && change.action === action).length;
  const counts = (side: Change['side']): Counts => ({
    created: number(side, 'created'),
    updated: number(side, 'updated'),
    deleted: number(side, 'deleted'),
  });
  const of = (action: Change['action']) => changes.filter((change) => change.action === action);
  const conflicts = of('conflict');
  const kind = dryRun ? 'preview' : 'report';
  const summary: SyncReport = {
    local: counts('local'),
    remote: counts('remote'),
    unchanged: run.unchanged,
    conflicts: conflicts.length,
    conflicts_resolved: run.resolved,
    deletions_skipped: of('deletion_skipped').length,
    failed: of('failed').length,
    first: [...conflicts, ...changes.filter((change) => change.action !== 'conflict')].slice(0, 20),
    report: `sync/${name}-${kind}.json`,
    ...(conflicts.length === 0 ? {} : { conflicts_file: `sync/${name}-conflicts.json` }),
  };
  await context.folders.writeText(
    summary.report,
    `${JSON.stringify({ time: new Date().toISOString(), ...summary, changes }, null, 2)}\n`,
  );
  if (summary.conflicts_file !== undefined)
    await context.folders.writeText(
      summary.conflicts_file,
      `${JSON.stringify(
        conflicts.map((each) => both(run, each)),
        null,
        2,
      )}\n`,
    );
  return summary;
}

function both(
  run: Run,
  change: Change,
): { key: string; reason?: string; local: RecordValue | null; remote: RecordValue | null } {
  return {
    key: change.key,
    reason: change.reason,
    local: run.locals.get(change.key) ?? null,
    remote: run.remotes.get(change.key) ?? null,
  };
}
