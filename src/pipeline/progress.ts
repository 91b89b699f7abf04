import type { Crafter } from '../crafter.ts';
import type { Events } from '../events/index.ts';
import type { JobContext } from '../jobs/index.ts';
import type { BuildStage } from '../spec/index.ts';
import type { Storage } from '../storage/index.ts';
import type { BuildOrder } from './types.ts';

/** Share of a build that is done when a stage begins; measured on small servers. */
const begins: Readonly<Record<BuildStage, number>> = {
  analyze: 0,
  plan: 0.02,
  resolve: 0.05,
  generate: 0.1,
  verify: 0.2,
  package: 0.85,
  deploy: 0.9,
};

/** Where the next stage begins. */
function endOf(stage: BuildStage): number {
  const later = Object.values(begins).filter((fraction) => fraction > begins[stage]);
  return Math.min(1, ...later);
}

/** Stage of the event that says a build has ended and its record is written. */
export const lastStage = 'done';

/** @param share how much of the stage is done, 0 to 1. */
export type Tell = (stage: BuildStage, message: string, share?: number) => void;

/** Tells whoever listens how far a build has come, and keeps it in the build's record. */
export function progressOf(parts: { readonly events: Events; readonly storage: Storage }, build: string): Tell {
  let last: BuildStage | undefined;
  return (stage, message, share = 0) => {
    const fraction = Math.round((begins[stage] + share * (endOf(stage) - begins[stage])) * 100) / 100;
    parts.events.publish(build, { build, stage, fraction, message, at: new Date().toISOString() });
    if (stage === last) return;
    last = stage;
    // A record that lags behind is mended by the next stage; a build does not wait for it.
    parts.storage.builds.update(build, { status: 'running', stage, fraction, message }).catch(() => undefined);
  };
}

/** Log of all builds, `logs/_builds.log`: no server has this name. */
const buildLog = '_builds';

/** Appends to the log of builds; the line is in the file when this returns. */
export function logBuild(crafter: Crafter, order: BuildOrder, stage: string, message: string): void {
  const { build, blueprint } = order;
  const time = new Date().toISOString();
  crafter.fleet.logs.append(buildLog, JSON.stringify({ time, level: 'info', message, build, server: blueprint.name, stage }));
}

/** Durable steps of a build; each has its line in the log before it counts as finished. */
export function stepsOf(crafter: Crafter, order: BuildOrder, job: JobContext) {
  return <T>(stage: BuildStage, run: () => Promise<T>): Promise<T> =>
    job.step(stage, async () => {
      const began = performance.now();
      const value = await run();
      logBuild(crafter, order, stage, `finished in ${Math.round(performance.now() - began)} ms`);
      return value;
    });
}
