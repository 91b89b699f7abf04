import { mkdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crafter } from './crafter.ts';
import { CrafterError, toCrafterError } from './errors.ts';
import { patiently } from './jobs/index.ts';
import type { JobContext } from './jobs/index.ts';
import { deploy } from './pipeline/deploy.ts';
import { maskError } from './pipeline/mask.ts';
import { placesOf } from './pipeline/places.ts';
import { logBuild, stepsOf } from './pipeline/build-log.ts';
import { lastStage, progressOf } from './pipeline/progress.ts';
import { stagedFor } from './pipeline/secrets.ts';
import type { BuildOrder } from './pipeline/types.ts';
import { verifyBuild } from './pipeline/verify.ts';
import type { Verified } from './pipeline/verify.ts';
import type { BuildStage, Report, Work } from './spec/index.ts';
import { removeTree } from './sandbox/index.ts';
import { writeTree } from './storage/index.ts';

/**
 * From a Blueprint to a server: resolve → generate → verify → package → deploy. Each is a durable step: after a
 * crash the build goes on behind the last one that finished. Reading, analysing and planning come before, so that a
 * bad request never becomes a build. Until the last step nothing of the server is seen outside the build's own folder.
 */
export async function runBuild(crafter: Crafter, order: BuildOrder, job: JobContext): Promise<void> {
  const staging = placesOf(crafter.stateFolder).staging(order.build);
  const project = join(staging, 'project');
  const bundle = join(staging, 'bundle');
  const tell = progressOf(crafter, order.build);
  const step = stepsOf(crafter, order, job);
  const work = (stage: BuildStage): Work => ({
    signal: job.signal,
    progress: (message, share) => tell(stage, message, share),
  });
  try {
    const { language: languageOf, generate } = await crafter.workshop();
    const language = await languageOf(order.blueprint.language);

    tell('resolve', 'Pinning the dependencies.');
    const dependencies = await step('resolve', () =>
      language.resolve(order.blueprint.dependencies, work('resolve'), order.blueprint.grants.packages),
    );
    const blueprint = { ...order.blueprint, dependencies };

    tell('generate', 'Writing the project.');
    const files = await generate(blueprint);
    const write = (): Promise<void> => writeTree(project, files);
    await step('generate', write);

    tell('verify', 'Checking types, starting it, trying its tools.');
    const verify = async (stage: BuildStage): Promise<Verified> => {
      // Another service that shares the database may have written it, in its own state folder.
      if (!(await isThere(project))) await write();
      return verifyBuild(crafter, { blueprint, project, bundle }, work(stage));
    };
    const verified = await step('verify', () => verify('verify'));
    refuseFailed(blueprint.name, verified.report);

    tell('package', 'Keeping the bundle under the digest of its content.');
    const keep = (stage: BuildStage): Promise<void> =>
      keepArtifact(crafter, bundle, verified.artifact, () => verify(stage));
    await step('package', () => keep('package'));

    tell('deploy', order.start ? 'Starting it.' : 'Registering it.');
    await deployWhole(step, async () => {
      await keep('deploy');
      await deploy(crafter, { ...order, blueprint }, files, verified, job.signal);
    });
    await endBuild(crafter, order, job, {
      status: 'success',
      message: `${blueprint.name} ${blueprint.version} is ready.`,
      report: verified.report,
    });
  } catch (thrown) {
    await recordFailure(crafter, order, job, thrown);
  }
}

/** Cancelling comes too late for a server that stands by then: its build is told as the success that it is. */
async function deployWhole(durable: ReturnType<typeof stepsOf>, work: () => Promise<void>): Promise<void> {
  let stands = false;
  const step = durable('deploy', async () => {
    await work();
    stands = true;
  });
  await step.catch((error: unknown) => {
    if (!stands || toCrafterError(error).code !== 'CANCELLED') throw error;
  });
}

/** A report that does not pass, on its way to the build's record. */
class FailedVerification extends CrafterError {
  readonly report: Report;

  constructor(name: string, report: Report) {
    const failed = report.checks.filter((check) => check.status === 'failed' && check.severity === 'error');
    const findings = report.findings.filter(({ severity }) => severity === 'high' || severity === 'critical');
    const problems = [
      ...failed.map(({ check, tool, message, remedy }) => ({
        field: tool ?? check,
        message,
        remedy: remedy ?? 'Correct it and build again.',
      })),
      ...findings.map(({ file, line, tool, type, message, suggestion }) => ({
        field: tool ?? `${file ?? type}${line === undefined ? '' : `:${line}`}`,
        message,
        remedy: suggestion,
      })),
    ];
    const [first] = problems;
    const why = first === undefined ? `score ${report.score}` : `${first.field}: ${first.message}`;
    super('VERIFICATION_FAILED', `${name} did not pass verification: ${why}`, {
      hint: first?.remedy ?? 'The report tells what to correct.',
      problems: problems.slice(0, 50),
    });
    this.report = report;
  }
}

function refuseFailed(name: string, report: Report): void {
  if (!report.success) throw new FailedVerification(name, report);
}

/** @param again makes a bundle anew that was made in another state folder. */
async function keepArtifact(
  crafter: Crafter,
  bundle: string,
  digest: string,
  again: () => Promise<Verified>,
): Promise<void> {
  const place = placesOf(crafter.stateFolder).artifact(digest);
  if (await isThere(place)) return;
  const made = (await isThere(bundle)) ? digest : (await again()).artifact;
  if (made !== digest)
    throw new CrafterError('BUILD_FAILED', 'The bundle came out differently on the service that took the build over.', {
      hint: 'Run the same version of mcp-crafter on all services of a database, then build again.',
    });
  await mkdir(join(place, '..'), { recursive: true });
  await rename(bundle, place);
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

async function recordFailure(crafter: Crafter, order: BuildOrder, job: JobContext, thrown: unknown): Promise<void> {
  const error = toCrafterError(thrown);
  const shown = maskError(error, crafter.secrets.mask).toJSON();
  await endBuild(crafter, order, job, {
    status: error.code === 'CANCELLED' ? 'cancelled' : 'failed',
    message: shown.message,
    error: { ...shown, problems: [...shown.problems] },
    ...(thrown instanceof FailedVerification ? { report: thrown.report } : {}),
  });
}

type Ending = Parameters<Crafter['storage']['builds']['update']>[1] & { readonly message: string };

/** The record is written when there is a database, and room in it, again. */
async function endBuild(crafter: Crafter, order: BuildOrder, { signal }: JobContext, ending: Ending): Promise<void> {
  await removeTree(placesOf(crafter.stateFolder).staging(order.build));
  logBuild(crafter, order, lastStage, `${ending.status}: ${ending.message}`);
  const finishedAt = new Date().toISOString();
  const record = async (): Promise<void> => {
    await crafter.secrets.deleteAll(stagedFor(order.build));
    await crafter.storage.builds.update(order.build, { ...ending, fraction: 1, finishedAt });
  };
  await patiently(record, signal, ['DATABASE_UNAVAILABLE', 'DISK_FULL']);
  crafter.events.publish(order.build, {
    build: order.build,
    stage: lastStage,
    fraction: 1,
    message: ending.message,
    at: finishedAt,
  });
}

export { backUp } from './pipeline/backup.ts';
export { openBuilds } from './pipeline/builds.ts';
export { orderOf } from './pipeline/queue.ts';
export { createServers } from './pipeline/create.ts';
export { callTool } from './pipeline/call.ts';
export { changeRecord } from './pipeline/change-record.ts';
export { createHolds } from './pipeline/holds.ts';
export type { Holds } from './pipeline/holds.ts';
export { deployableOf, launchOf, noteRun } from './pipeline/launch.ts';
export { maskError } from './pipeline/mask.ts';
export { makePlaces, placesOf } from './pipeline/places.ts';
export { recordActive, recordStopped } from './pipeline/releases.ts';
export { removeServer } from './pipeline/remove.ts';
export { resumeServers } from './pipeline/resume.ts';
export { untilTakenBack } from './pipeline/take-back.ts';
export { createTending } from './pipeline/tend.ts';
export { openWorkshop } from './pipeline/workshop.ts';
export type { BuildOrder, Builds, Folders, Waiting, Workshop } from './pipeline/types.ts';
export type { OrderOptions, Prepared, Wish, WishDocument } from './pipeline/wish-types.ts';
export { supplyTools } from './pipeline/supply.ts';
export { grantPlan } from './pipeline/wish.ts';
export { updateServer } from './pipeline/update.ts';
export { verifySubject } from './pipeline/verify.ts';
