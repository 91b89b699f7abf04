import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crafter } from './crafter.ts';
import { CrafterError, toCrafterError } from './errors.ts';
import { patiently } from './jobs/index.ts';
import type { JobContext } from './jobs/index.ts';
import { deploy } from './pipeline/deploy.ts';
import { maskError } from './pipeline/mask.ts';
import { placesOf } from './pipeline/places.ts';
import { lastStage, progressOf } from './pipeline/progress.ts';
import { stagedFor } from './pipeline/secrets.ts';
import type { BuildOrder } from './pipeline/types.ts';
import { verifyBuild } from './pipeline/verify.ts';
import type { BuildStage, Report, Work } from './spec/index.ts';
import { writeTree } from './storage/index.ts';

/**
 * From a Blueprint to a server: resolve → generate → verify → package → deploy. Each is a durable step: after a
 * crash the build goes on behind the last one that finished. Reading, analysing and planning come before, so that a
 * bad request never becomes a build. Until the last step nothing of the server is seen outside the build's own folder.
 */
export async function runBuild(crafter: Crafter, order: BuildOrder, job: JobContext): Promise<void> {
  const staging = placesOf(crafter.stateFolder).staging(order.build);
  const project = join(staging, 'project');
  const tell = progressOf(crafter, order.build);
  const work = (stage: BuildStage): Work => ({
    signal: job.signal,
    progress: (message, share) => tell(stage, message, share),
  });
  try {
    const { language: languageOf, generate } = await crafter.workshop();
    const language = await languageOf(order.blueprint.language);

    tell('resolve', 'Pinning the dependencies.');
    const dependencies = await job.step('resolve', () =>
      language.resolve(order.blueprint.dependencies, work('resolve'), order.blueprint.grants.packages),
    );
    const blueprint = { ...order.blueprint, dependencies };

    tell('generate', 'Writing the project.');
    const files = await generate(blueprint);
    await job.step('generate', () => writeTree(project, files));

    tell('verify', 'Checking types, starting it, trying its tools.');
    const verified = await job.step('verify', () =>
      verifyBuild(crafter, { blueprint, project, bundle: join(staging, 'bundle') }, work('verify')),
    );
    refuseFailed(blueprint.name, verified.report);

    tell('package', 'Keeping the bundle under the digest of its content.');
    await job.step('package', () => keepArtifact(crafter, join(staging, 'bundle'), verified.artifact));

    tell('deploy', order.start ? 'Starting it.' : 'Registering it.');
    await deployWhole(job, () => deploy(crafter, { ...order, blueprint }, files, verified, job.signal));
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
async function deployWhole(job: JobContext, work: () => Promise<void>): Promise<void> {
  let stands = false;
  const step = job.step('deploy', async () => {
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

async function keepArtifact(crafter: Crafter, bundle: string, digest: string): Promise<void> {
  const place = placesOf(crafter.stateFolder).artifact(digest);
  if ((await stat(place).catch(() => undefined)) !== undefined) return;
  await mkdir(join(place, '..'), { recursive: true });
  await rename(bundle, place);
}

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
  await rm(placesOf(crafter.stateFolder).staging(order.build), { recursive: true, force: true });
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
export { deployableOf, launchOf } from './pipeline/launch.ts';
export { maskError } from './pipeline/mask.ts';
export { makePlaces, placesOf } from './pipeline/places.ts';
export { recordActive, recordStopped } from './pipeline/releases.ts';
export { removeServer } from './pipeline/remove.ts';
export { resumeServers } from './pipeline/resume.ts';
export { openWorkshop } from './pipeline/workshop.ts';
export type { BuildOrder, Builds, Folders, Waiting, Workshop } from './pipeline/types.ts';
export type { OrderOptions, Prepared, Wish, WishDocument } from './pipeline/wish-types.ts';
export { supplyTools } from './pipeline/supply.ts';
export { grantPlan } from './pipeline/wish.ts';
export { updateServer } from './pipeline/update.ts';
export { verifySubject } from './pipeline/verify.ts';
