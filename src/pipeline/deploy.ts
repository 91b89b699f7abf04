import type { Crafter } from '../crafter.ts';
import { rehearse } from '../deploy/index.ts';
import { CrafterError, toCrafterError } from '../errors.ts';
import { removeTree } from '../sandbox/index.ts';
import { repeatUnprotected } from '../spec/index.ts';
import type { Grants, ProjectFiles } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { canonicalJson, sha256 } from '../util/index.ts';
import { deployableOf, noteRun } from './launch.ts';
import { forgetSecrets } from './launch-environment.ts';
import { placesOf } from './places.ts';
import { recordActive, recordRolledBack } from './releases.ts';
import { adoptStaged, openFor, sealFor, stagedFor } from './secrets.ts';
import type { BuildOrder } from './types.ts';
import type { Verified } from './verify.ts';

/**
 * Makes a verified version the server's own: started where it is wanted, then registered with its project.
 * On failure a new server leaves nothing behind; an existing one goes on as it was, the release marked rolled back.
 */
export async function deploy(
  crafter: Crafter,
  order: BuildOrder,
  files: ProjectFiles,
  verified: Verified,
  signal: AbortSignal,
): Promise<void> {
  const before = await crafter.storage.servers.get(order.blueprint.name);
  refuseOutdated(order, before);
  const record = recordOf(order, files, verified, before);
  const secrets = await openFor(crafter.secrets, record.name);
  try {
    await bringUp(crafter, order, record, signal);
    signal.throwIfAborted();
    await writeProjects(crafter, record, files, before);
    await register(crafter, record, before);
    if (record.desired === 'running') await recordActive(crafter, record);
  } catch (error) {
    // Nothing can be taken back without the database; this is done again when it is there.
    if (goesOn(signal) || toCrafterError(error).code === 'DATABASE_UNAVAILABLE') throw error;
    if (before === undefined) await removeTraces(crafter, record.name);
    else await goBack(crafter, record, before, secrets, toCrafterError(error).message);
    throw error;
  }
}

/** Not cancelled: done again when the service is back, or elsewhere by now, with what was adopted. */
const goesOn = ({ aborted, reason }: AbortSignal): boolean => aborted && toCrafterError(reason).code !== 'CANCELLED';

/**
 * After a crash the record may be the new one already.
 * @throws CrafterError CONFLICT when another update came first, or what the server was granted was changed since.
 */
function refuseOutdated({ base, granted, blueprint }: BuildOrder, before: ServerRecord | undefined): void {
  const isGranted = (grants: Grants): boolean => canonicalJson(grants) === canonicalJson(before?.blueprint.grants);
  if (granted !== undefined && before !== undefined && !isGranted(granted) && !isGranted(blueprint.grants))
    throw new CrafterError('CONFLICT', `Grants of ${blueprint.name} were changed since this update was ordered.`, {
      hint: 'Send the update again.',
    });
  if (base === undefined || before?.version === base || before?.version === blueprint.version) return;
  const now = before === undefined ? 'was deleted' : `is at version ${before.version}`;
  throw new CrafterError('CONFLICT', `${blueprint.name} ${now}; this update was made for version ${base}.`, {
    hint: 'Send the update again.',
  });
}

function recordOf(
  order: BuildOrder,
  files: ProjectFiles,
  verified: Verified,
  before: ServerRecord | undefined,
): ServerRecord {
  const now = new Date().toISOString();
  const out = order.out ?? before?.out;
  const port = order.port ?? before?.port;
  return {
    name: order.blueprint.name,
    version: order.blueprint.version,
    desired: order.start ? 'running' : (before?.desired ?? 'stopped'),
    blueprint: order.blueprint,
    report: verified.report,
    artifact: verified.artifact,
    ...(out === undefined ? {} : { out }),
    generated: digestsOf(files),
    ...(port === undefined ? {} : { port }),
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
  };
}

/** SHA-256 of every generated file: tells a person's changes from ours. */
export function digestsOf(files: ProjectFiles): Record<string, string> {
  return Object.fromEntries([...files].map(([path, file]) => [path, sha256(file.text)]));
}

/** Starts what is to run. A version that replaces a running one is tried beside it first. */
async function bringUp(crafter: Crafter, order: BuildOrder, record: ServerRecord, signal: AbortSignal): Promise<void> {
  const replaces = crafter.fleet.state(record.name).status !== 'stopped';
  const elsewhere = (await crafter.fleet.elsewhere()).has(record.name);
  if (replaces || elsewhere) {
    const { target } = await crafter.workshop();
    const staged = await openFor(crafter.secrets, stagedFor(order.build));
    await rehearse(
      target,
      { ...(await deployableOf(crafter, record, staged)), signal },
      placesOf(crafter.stateFolder).temporary,
    );
  }
  await adoptStaged(crafter.secrets, order.build, record.name);
  if (replaces) await crafter.fleet.replace(record);
  else if (record.desired === 'running') await crafter.fleet.start(record, { ask: elsewhere });
}

/** What was noted of a run without a sandbox since the version was verified stays said, as is its own start. */
async function register(crafter: Crafter, record: ServerRecord, before: ServerRecord | undefined): Promise<void> {
  const { servers } = crafter.storage;
  const { report } = record;
  if (before === undefined) await servers.put(record);
  else await servers.change(record.name, (now) => ({ ...record, report: report && repeatUnprotected(report, now.report) }));
  if (record.desired === 'running') await noteRun(crafter, record.name, (await crafter.workshop()).sandbox.kind);
}

async function writeProjects(
  crafter: Crafter,
  record: ServerRecord,
  files: ProjectFiles,
  before: ServerRecord | undefined,
): Promise<void> {
  const { writeProject } = await import('../generate/index.ts');
  const own = crafter.folders(record.name).project;
  const baseline = before?.generated ?? {};
  await writeProject(own, files, { baseline });
  if (record.out !== undefined)
    await writeProject(record.out, files, { baseline: before?.out === record.out ? baseline : {} });
}

async function removeTraces(crafter: Crafter, name: string): Promise<void> {
  const places = placesOf(crafter.stateFolder);
  await crafter.fleet.stop(name);
  await forgetSecrets(crafter, name);
  await crafter.fleet.logs.remove(name);
  for (const folder of [places.server(name), places.folders(name).workspace])
    await removeTree(folder);
}

async function goBack(
  crafter: Crafter,
  record: ServerRecord,
  before: ServerRecord,
  secrets: Readonly<Record<string, string>>,
  reason: string,
): Promise<void> {
  await crafter.secrets.deleteAll(record.name);
  await sealFor(crafter.secrets, record.name, secrets);
  await recordRolledBack(crafter, record, crafter.secrets.mask(reason));
  const elsewhere = await crafter.fleet.elsewhere();
  if (before.desired === 'running' && !elsewhere.has(before.name)) await crafter.fleet.start(before);
}
