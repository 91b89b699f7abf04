import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import type { Blueprint, Build } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { canonicalJson, newId } from '../util/index.ts';
import { refuseForeignFolder, refuseUnusableFolders } from './accept.ts';
import { changesOf } from './changes.ts';
import { digestsOf } from './deploy.ts';
import { withEdits } from './edits.ts';
import { grantNow } from './grant-now.ts';
import { grantedNote } from './granted-note.ts';
import { carryOver, nextOf } from './next-blueprint.ts';
import type { Change } from './next-blueprint.ts';
import { nextVersion, sameServer } from './next-version.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { noticeOf } from './progress.ts';
import { lacksOf } from './remarks.ts';
import { refuseSecrets } from './refuse-secrets.ts';
import { revoke } from './revoke.ts';
import { openFor } from './secrets.ts';
import { applySettings } from './settings.ts';
import { afterTaking, takeBack } from './take-back.ts';
import type { Waiting } from './types.ts';
import type { OrderOptions } from './wish-types.ts';

/**
 * Orders the next version of a server, or tells that nothing changes.
 * @throws CrafterError as creating does; NOT_FOUND for a tool to remove that it does not have.
 */
export async function updateServer(
  crafter: Crafter,
  record: ServerRecord,
  change: Change,
  options: OrderOptions,
  waiting: Waiting,
): Promise<Outcome> {
  const told = await takenBack(crafter, record, change);
  const left = told.length === 0 ? record : ((await crafter.storage.servers.get(record.name)) ?? record);
  try {
    const outcome = await nextVersionOf(crafter, { before: record, record: left }, change, options, waiting);
    return { ...outcome, notes: [...told, ...outcome.notes] };
  } catch (error) {
    throw afterTaking(error, told);
  }
}

/** What is taken back goes first. A misspelt name is told before, except where a new document may grant what is meant. */
async function takenBack(crafter: Crafter, record: ServerRecord, change: Change): Promise<string[]> {
  const { revoke: revocation, document, dryRun } = change;
  if (dryRun || revocation === undefined) return [];
  if (document === undefined) revoke(record.blueprint.grants, revocation);
  return takeBack(crafter, record.name, revocation);
}

/** @param before as the change found it, `record` without what was taken back. */
async function nextVersionOf(
  crafter: Crafter,
  { before, record }: { readonly before: ServerRecord; readonly record: ServerRecord },
  change: Change,
  options: OrderOptions,
  waiting: Waiting,
): Promise<Outcome> {
  await refuseForeignFolder(options.out, record.name);
  const { generate } = await crafter.workshop();
  const edits = await withEdits(crafter, record);
  if (edits.notes.length > 0) await refuseSecrets({ tools: edits.blueprint.tools });
  const read = await nextOf(crafter, { ...record, blueprint: edits.blueprint }, change);
  const carried = carryOver(before.blueprint, read.blueprint);
  const left = change.revoke === undefined ? carried.grants : revoke(carried.grants, change.revoke);
  const granted = await grantNow({ ...carried, grants: left }, change.wish, before.blueprint.grants);
  const by = change.partial ? 'update' : read.blueprint.provenance.source;
  const grants = grantedNote(by, left, change.wish, before.blueprint.grants);
  const told = [...grants, ...read.notes, ...edits.notes];
  await refuseUnusableFolders(crafter, granted.blueprint.grants);
  const secrets = await newSecrets(crafter, record.name, { ...read.secrets, ...granted.secrets });
  const current = await generate(record.blueprint);
  const same =
    sameServer(record.blueprint, granted.blueprint) &&
    canonicalJson(digestsOf(current)) === canonicalJson(record.generated);
  if (same && !change.dryRun)
    return applySettings(crafter, record, current, { secrets, options, notes: [...told, ...keptNote(edits.kept)] });
  await refuseUnfinished(crafter, record.name);

  const blueprint = {
    ...granted.blueprint,
    version: same ? record.version : nextVersion(record.blueprint, granted.blueprint),
  };
  const changes = await changesOf(record, blueprint, { before: current, after: await generate(blueprint) }, edits.kept);
  if (change.dryRun) {
    return {
      status: 'preview',
      server: record.name,
      version: blueprint.version,
      message: 'Nothing was changed; this is what an update would do.',
      notes: told,
      changes,
    };
  }
  const build = await orderNext(crafter, record, blueprint, options, secrets);
  for (const message of grants) waiting.progress(noticeOf(build.id, message));
  const ended = options.wait ? await crafter.builds.wait(build.id, waiting) : build;
  const lacks = ended.status === 'failed' ? [] : await lacksOf(crafter, blueprint, secrets);
  return { ...outcomeOf(crafter, [ended], [...told, ...lacks]), changes };
}

function orderNext(
  crafter: Crafter,
  record: ServerRecord,
  blueprint: Blueprint,
  { start, port, out }: OrderOptions,
  secrets: Readonly<Record<string, string>>,
): Promise<Build> {
  const order = {
    build: newId('build'),
    mode: 'update' as const,
    base: record.version,
    granted: record.blueprint.grants,
    blueprint,
    start,
    ...(port === undefined ? {} : { port }),
    ...(out === undefined ? {} : { out }),
  };
  return crafter.builds.order(order, secrets);
}

function keptNote(files: readonly string[]): string[] {
  return files.length === 0 ? [] : [`Left as you changed them, and not part of the server: ${files.join(', ')}.`];
}

/** Two updates at once would each start from the same version, and one would be lost. */
async function refuseUnfinished(crafter: Crafter, server: string): Promise<void> {
  const [build] = await crafter.storage.builds.list({ server, unfinished: true, limit: 1 });
  if (build === undefined) return;
  throw new CrafterError('CONFLICT', `${server} is being built already (${build.id}).`, {
    hint: `Wait for it with: mcp-crafter status ${build.id} --wait`,
  });
}

/** Those values that are not what is sealed already. */
async function newSecrets(
  crafter: Crafter,
  server: string,
  values: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const sealed = await openFor(crafter.secrets, server);
  return Object.fromEntries(Object.entries(values).filter(([name, value]) => sealed[name] !== value));
}
