import { join } from 'node:path';
import type { TrialPurpose, TrialServer } from '../../spec/index.ts';
import type { Target } from '../target.ts';
import { trialEnvironment } from './environment.ts';
import { openTrial, type Trial } from './trial.ts';

/** The servers under trial, one a purpose: started when first needed, again when it died, used by one at a time. */
export interface Trials {
  use<T>(purpose: TrialPurpose, work: (server: TrialServer) => Promise<T>): Promise<T>;
  /** The one that calls as intended, for what only looks. */
  first(): Promise<Trial>;
  readonly canaries: ReadonlySet<string>;
  close(): Promise<void>;
}

export function createTrials(target: Target, folder: string, signal: AbortSignal): Trials {
  const opened = new Map<TrialPurpose, Promise<Trial>>();
  const turns = new Map<TrialPurpose, Promise<unknown>>();
  const canaries = new Set<string>();
  let number = 0;

  // Where no example shows anything, what only looks shares a server with what calls one tool again and again.
  const shared =
    target.blueprint?.api !== undefined && target.blueprint.tools.every(({ examples }) => examples.length === 0);
  const serverFor = (purpose: TrialPurpose): TrialPurpose => (shared && purpose === 'example' ? 'steady' : purpose);

  const open = (purpose: TrialPurpose): Promise<Trial> => {
    const environment = trialEnvironment(target.blueprint, purpose);
    for (const canary of environment.canaries) canaries.add(canary);
    const access = purpose === 'read_only' ? 'read' : 'write';
    const trial = openTrial({
      target,
      folder: join(folder, String(number++)),
      access,
      variables: environment.variables,
      signal,
    });
    trial.catch(() => undefined);
    opened.set(purpose, trial);
    return trial;
  };

  const ready = async (purpose: TrialPurpose): Promise<Trial> => {
    const trial = await (opened.get(purpose) ?? open(purpose));
    if (trial.alive()) return trial;
    await trial.close();
    return open(purpose);
  };

  return {
    canaries,
    first: () => opened.get(serverFor('example')) ?? open(serverFor('example')),
    use(wanted, work) {
      const purpose = serverFor(wanted);
      const before = turns.get(purpose) ?? Promise.resolve();
      const turn = before.then(async () => {
        signal.throwIfAborted();
        return work(await ready(purpose));
      });
      turns.set(
        purpose,
        turn.catch(() => undefined),
      );
      return turn;
    },
    async close() {
      await Promise.allSettled([...opened.values()].map(async (trial) => (await trial).close()));
    },
  };
}
