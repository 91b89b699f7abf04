import { CrafterError } from '../errors.ts';
import type { Report, Work } from '../spec/index.ts';
import { checks } from './checks/index.ts';
import { createContext } from './context.ts';
import { makeScratch } from './harness/scratch.ts';
import { createTrials } from './harness/trials.ts';
import { runCheck, type Contribution } from './run-check.ts';
import { isSuccess, scoreOf, tallyLevels } from './score.ts';
import { targetOf } from './subjects/index.ts';
import type { Target } from './target.ts';
import type { Verifier, VerifierConfig } from './types.ts';

/** Verifies servers in the sandbox: every check at once, on servers started for trial and thrown away. */
export function createVerifier(config: VerifierConfig): Verifier {
  return {
    async verify(subject, work, { officialSuite } = {}) {
      const began = performance.now();
      const scratch = await makeScratch(config.stateFolder);
      try {
        const target = await targetOf(subject, config, scratch.path, work);
        const { contributions, startMilliseconds } = await lookAt(target, scratch.path, work, officialSuite);
        const figures = { ...startMilliseconds, verifyMilliseconds: Math.round(performance.now() - began) };
        return compose(target, contributions, figures, config.version);
      } finally {
        await scratch.remove();
      }
    },
  };
}

async function lookAt(target: Target, folder: string, { signal, progress }: Work, suite: string | undefined) {
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const trials = createTrials(target, folder, both);
  const context = createContext(target, trials, folder, both, suite);
  let late = false;
  try {
    let done = 0;
    const contributions = await Promise.all(
      checks.map(async (check) => {
        const contribution = await runCheck(check, context);
        late ||= contribution.late === true;
        done++;
        progress(`Verified ${check.name} (${done} of ${checks.length})`, done / checks.length);
        return contribution;
      }),
    );
    const start =
      target.start && !late
        ? await trials.first().then(
            (trial) => trial.startMilliseconds,
            () => undefined,
          )
        : undefined;
    return { contributions, startMilliseconds: start === undefined ? {} : { startMilliseconds: Math.round(start) } };
  } catch (error) {
    if (signal.aborted)
      throw new CrafterError('CANCELLED', 'The verification was cancelled.', { hint: 'Start it again.', cause: error });
    throw error;
  } finally {
    // What came to no end is ended hard: nothing here waits for a server that hangs.
    if (late) ending.abort();
    await trials.close();
    ending.abort();
  }
}

function compose(
  target: Target,
  contributions: readonly Contribution[],
  own: Report['figures'],
  version: string,
): Report {
  const results = contributions.flatMap(({ results }) => results);
  const findings = contributions.flatMap(({ findings }) => findings);
  return {
    format: 1,
    subject: target.name,
    ...(target.version !== undefined && { version: target.version }),
    verifier: version,
    success: isSuccess(results, findings),
    score: scoreOf(results, findings),
    levels: tallyLevels(results),
    checks: results,
    findings,
    figures: Object.assign({}, ...contributions.map(({ figures }) => figures), own) as Report['figures'],
    ...(target.sandbox !== undefined && { sandbox: target.sandbox }),
    caveats: [...target.caveats],
  };
}
