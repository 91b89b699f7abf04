import { ToolError } from '#runtime/errors.ts';
import { ApiError } from '#shared/api-answer.ts';
import type { ToolContext } from '#runtime/context.ts';
import type { RecordValue } from '#shared/field-path.ts';
import { decide, fingerprint, type Decision } from './sync-compare.ts';
import { store, agree, idOf, withoutKept, pick } from './sync-records.ts';
import type { Run } from './sync-records.ts';

/** Goes through both sides. Returns why it had to stop before the end, if it had to; what was done stays done. */
export async function reconcile(run: Run, context: ToolContext): Promise<string | undefined> {
  const keys = new Set([...run.locals.keys(), ...run.remotes.keys(), ...run.state.agreed.keys()]);
  const work = [...keys].map((key) => ({ key, act: () => settle(run, key) }));
  const fresh = [...run.keyless].map((record, index) => ({
    key: `new record ${index + 1}`,
    act: () => createKeyless(run, record),
  }));
  const all = [...fresh, ...work];
  for (const [index, { key, act }] of all.entries()) {
    context.signal.throwIfAborted();
    if (index % 50 === 0) context.progress(index, all.length, `${index} of ${all.length} records compared`);
    try {
      await act();
    } catch (error) {
      if (!(error instanceof ToolError) || context.signal.aborted) throw error;
      run.changes.push({ key, side: 'remote', action: 'failed', reason: error.message });
      if (stops(error)) return `${error.message} ${error.nextStep}`;
    }
  }
  return undefined;
}

/** A refusal of one record does not stop the others; a refusal of us does. */
function stops(error: ToolError): boolean {
  return !(error instanceof ApiError) || [401, 403, 429].includes(error.status) || error.status >= 500;
}

async function settle(run: Run, key: string): Promise<void> {
  const decision = decideFor(run, key);
  if (decision.resolved) run.resolved += 1;
  await apply(run, key, decision);
}

function decideFor(run: Run, key: string): Decision {
  const decision = decide(run.locals.get(key), run.remotes.get(key), run.state.agreed.get(key), run.compare);
  const taken = run.decided.get(key);
  if (decision.step !== 'conflict' || taken === undefined) return decision;
  const gone = (taken === 'local' ? run.locals : run.remotes).get(key) === undefined;
  const missing = (taken === 'local' ? run.remotes : run.locals).get(key) === undefined;
  if (taken === 'local') return { step: gone ? 'delete_remote' : missing ? 'create_remote' : 'push', resolved: true };
  return { step: gone ? 'delete_local' : missing ? 'create_local' : 'pull', resolved: true };
}

async function apply(run: Run, key: string, decision: Decision): Promise<void> {
  const { step } = decision;
  const local = run.locals.get(key);
  const remote = run.remotes.get(key);
  if (step === 'none') run.unchanged += 1;
  else if (step === 'agree' && local && remote) {
    run.unchanged += 1;
    if (!run.dryRun) agree(run, key, local, remote);
  } else if (step === 'forget') run.state.agreed.delete(key);
  else if (step === 'conflict') run.changes.push({ key, side: 'both', action: 'conflict', reason: decision.reason });
  else if (step === 'pull' || step === 'create_local') pull(run, key);
  else if (step === 'delete_local' || step === 'delete_remote')
    await remove(run, key, step === 'delete_local' ? 'local' : 'remote');
  else if (step === 'create_remote' && local) await create(run, key, local);
  else await push(run, key, decision);
}

function pull(run: Run, key: string): void {
  const local = run.locals.get(key);
  const remote = run.remotes.get(key);
  if (remote === undefined) return;
  run.changes.push({ key, side: 'local', action: local === undefined ? 'created' : 'updated' });
  if (run.dryRun) return;
  const merged = { ...local, ...remote };
  run.locals.set(key, merged);
  agree(run, key, merged, remote);
}

async function push(run: Run, key: string, decision: Decision): Promise<void> {
  const local = run.locals.get(key);
  const remote = run.remotes.get(key);
  if (local === undefined || remote === undefined) return;
  if (!run.dryRun) {
    const id = idOf(run, remote, key);
    const saved = await run.remote.update(id, withoutKept(run, local), remote);
    if (saved === undefined) return pushAgain(run, key, id, decision);
    await store(run, key, local, saved);
  }
  run.changes.push({ key, side: 'remote', action: 'updated' });
}

/** The record changed in the API between reading and writing: look again, and let the rule decide once more. */
async function pushAgain(run: Run, key: string, id: string, before: Decision): Promise<void> {
  const fresh = await run.remote.read(id);
  if (fresh === undefined) run.remotes.delete(key);
  else run.remotes.set(key, fresh);
  const decision = decideFor(run, key);
  if (decision.resolved && !before.resolved) run.resolved += 1;
  if (decision.step !== 'push') return apply(run, key, decision);
  const local = run.locals.get(key);
  const saved = local && fresh && (await run.remote.update(id, withoutKept(run, local), fresh));
  if (local && saved) {
    await store(run, key, local, saved);
    run.changes.push({ key, side: 'remote', action: 'updated' });
  } else run.changes.push({ key, side: 'both', action: 'conflict', reason: 'keeps changing in the API' });
}

async function create(run: Run, key: string, local: RecordValue): Promise<void> {
  if (!run.dryRun) await store(run, key, local, await run.remote.create(local));
  run.changes.push({ key, side: 'remote', action: 'created' });
}

/** A stopped run may have created it already: then the API has a record that says the same and that no local one has. */
async function createKeyless(run: Run, local: RecordValue): Promise<void> {
  const content = fingerprint(local, run.compare.ignored);
  const made = [...run.remotes].find(
    ([key, remote]) =>
      run.state.agreed.has(key) &&
      !run.locals.has(key) &&
      fingerprint(pick(remote, local), run.compare.ignored) === content,
  );
  const remote = made?.[1] ?? (run.dryRun ? undefined : await run.remote.create(local));
  const key = made?.[0] ?? (remote && run.keyOf(remote));
  run.changes.push({ key: key ?? 'new', side: 'remote', action: 'created' });
  if (remote === undefined || run.dryRun) return;
  if (key === undefined)
    throw new ToolError(
      'The API returned a new record without its key.',
      'Choose another key field, one that local records have.',
    );
  run.keyless.delete(local);
  await store(run, key, local, remote);
}

async function remove(run: Run, key: string, side: 'local' | 'remote'): Promise<void> {
  run.changes.push({ key, side, action: run.deletes ? 'deleted' : 'deletion_skipped' });
  if (!run.deletes || run.dryRun) return;
  const remote = run.remotes.get(key);
  if (side === 'local') run.locals.delete(key);
  else if (remote) await run.remote.remove(idOf(run, remote, key));
  await run.state.note(key, undefined);
}
