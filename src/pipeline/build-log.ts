import type { Crafter } from '../crafter.ts';
import type { JobContext } from '../jobs/index.ts';
import type { BuildStage } from '../spec/index.ts';
import type { BuildOrder } from './types.ts';

/** Log of all builds, `logs/_builds.log`: no server has this name. */
const buildLog = '_builds';

/** Appends to the log of builds; the line is in the file when this returns. */
export function logBuild(crafter: Crafter, order: BuildOrder, stage: string, message: string): void {
  const { build, blueprint } = order;
  const time = new Date().toISOString();
  crafter.fleet.logs.append(buildLog, JSON.stringify({ time, level: 'info', message, build, server: blueprint.name, stage }));
}

/** Takes the lines of a server out of the log of builds. */
export function forgetLogged(crafter: Crafter, server: string): void {
  crafter.fleet.logs.forget(buildLog, (line) => line.includes(`"server":${JSON.stringify(server)},"stage":`));
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
