import type { Crafter } from '../crafter.ts';
import { CrafterError, toCrafterError } from '../errors.ts';
import type { Grants } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { changeRecord } from './change-record.ts';
import { grantWords, grantsBeyond } from './grant-words.ts';
import { recordStopped } from './releases.ts';
import { without } from './revoke.ts';
import type { Revocation } from './revoke.ts';

/**
 * Takes grants back at once, whatever becomes of the next version: they are stored without, and whatever runs with them ends.
 * @returns what happened, in words; nothing where the server has none of them.
 * @throws CrafterError CONFLICT when another service runs it and does not let go.
 */
export async function takeBack(crafter: Crafter, name: string, revocation: Revocation): Promise<string[]> {
  const told: string[] = [];
  for (;;) {
    let next: ServerRecord | undefined;
    await crafter.storage.servers.change(name, (record) => {
      const { blueprint } = record;
      const left = without(blueprint.grants, revocation);
      const taken = grantWords(grantsBeyond(blueprint.grants, left));
      if (taken.length === 0) return undefined;
      told.push(`Taken back at once: ${taken.join(', ')}.`);
      next = { ...record, blueprint: { ...blueprint, grants: left }, updatedAt: new Date().toISOString() };
      return next;
    });
    if (next === undefined) return [...new Set(told)];
    told.push(...(await runWithout(crafter, next)));
    // A build that was under way would bring them back: one that stands by now is looked at again.
    for (const build of await crafter.storage.builds.list({ server: name, unfinished: true })) {
      await crafter.builds.cancel(build.id);
      told.push(`${build.id} was cancelled: it was ordered with what is taken back.`);
    }
  }
}

/** A server that ran runs on with the grants it has now, or not at all. */
async function runWithout(crafter: Crafter, record: ServerRecord): Promise<string[]> {
  const { name } = record;
  const elsewhere = (await crafter.fleet.elsewhere()).has(name);
  const ran = elsewhere || crafter.fleet.state(name).status !== 'stopped';
  crafter.holds.end(name);
  if (!ran) return [];
  try {
    await (elsewhere ? crafter.fleet.start(record, { ask: true }) : crafter.fleet.restart(record));
    return [];
  } catch (error) {
    await changeRecord(crafter, name, { desired: 'stopped' });
    await crafter.fleet.stop(name);
    await recordStopped(crafter, name);
    const why = crafter.secrets.mask(toCrafterError(error).message);
    return [`${name} was stopped, since it does not become healthy without what was taken back: ${why}`];
  }
}

/** An error that comes after it, saying so: nobody is to believe that nothing was taken back. */
export function afterTaking(error: unknown, told: readonly string[]): unknown {
  if (told.length === 0) return error;
  const { code, message, ...details } = toCrafterError(error);
  return new CrafterError(code, `${message} (${told.join(' ')})`, details);
}

/** A `run` session: when the server was made that it started, and what it was granted. */
export interface Run {
  readonly made: string;
  readonly grants: Grants;
}

/** How often a record is looked at that another service may change, in milliseconds. */
const lookMilliseconds = 5000;

/** Waits until a `run` session has to end: its server is deleted, or something it was granted is taken back. Says why. */
export async function untilTakenBack(
  crafter: Crafter,
  name: string,
  { made, grants }: Run,
  signal: AbortSignal,
): Promise<{ code: 'NOT_FOUND' | 'GRANT_REFUSED'; message: string }> {
  for (;;) {
    const held = crafter.holds.signal(name);
    const record = await crafter.storage.servers.get(name);
    if (record?.createdAt !== made)
      return { code: 'NOT_FOUND', message: `${name} was deleted; this run of it is ended.` };
    const taken = grantWords(grantsBeyond(grants, record.blueprint.grants));
    if (taken.length > 0)
      return {
        code: 'GRANT_REFUSED',
        message: `Taken back from ${name}: ${taken.join(', ')}; this run of it is ended.`,
      };
    await ended(AbortSignal.any([held, signal, ...(crafter.alone ? [] : [AbortSignal.timeout(lookMilliseconds)])]));
    signal.throwIfAborted();
  }
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
