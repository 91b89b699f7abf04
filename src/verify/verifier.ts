import { CrafterError, toCrafterError } from '../errors.ts';
import type { Check, CheckContext, CheckResult, Finding, Report, Work } from '../spec/index.ts';
import { checks } from './checks/index.ts';
import { createContext } from './context.ts';
import { makeScratch } from './harness/scratch.ts';
import { createTrials } from './harness/trials.ts';
import { isSuccess, scoreOf, tallyLevels } from './score.ts';
import { targetOf } from './subjects/index.ts';
import type { Target } from './target.ts';
import type { Verifier, VerifierConfig } from './types.ts';

/** What one check contributed to a report. */
interface Contribution {
  readonly results: readonly CheckResult[];
  readonly findings: readonly Finding[];
  readonly figures: Partial<Report['figures']>;
}

/** Verifies servers in the sandbox: every check at once, on servers started for trial and thrown away. */
export function createVerifier(config: VerifierConfig): Verifier {
  return {
    async verify(subject, work) {
      const began = performance.now();
      const scratch = await makeScratch(config.stateFolder);
      try {
        const target = await targetOf(subject, config, scratch.path, work);
        const { contributions, startMilliseconds } = await lookAt(target, scratch.path, work);
        const figures = { ...startMilliseconds, verifyMilliseconds: Math.round(performance.now() - began) };
        return compose(target, contributions, figures, config.version);
      } finally {
        await scratch.remove();
      }
    },
  };
}

async function lookAt(target: Target, folder: string, { signal, progress }: Work) {
  const ending = new AbortController();
  const both = AbortSignal.any([signal, ending.signal]);
  const trials = createTrials(target, folder, both);
  const context = createContext(target, trials, folder, both);
  try {
    let done = 0;
    const contributions = await Promise.all(
      checks.map(async (check) => {
        const contribution = await runCheck(check, context);
        done++;
        progress(`Verified ${check.name} (${done} of ${checks.length})`, done / checks.length);
        return contribution;
      }),
    );
    const start = target.start
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
    await trials.close();
    ending.abort();
  }
}

/** One check to its end. What it throws becomes its result; only cancelling goes further. */
async function runCheck(check: Check, context: CheckContext): Promise<Contribution> {
  const began = performance.now();
  const level = check.level === 'security' ? 'L2' : check.level;
  const asResult = (one: Pick<CheckResult, 'status' | 'message'> & Partial<CheckResult>): CheckResult => ({
    severity: 'error',
    check: check.name,
    level,
    ...one,
  });
  try {
    if (!check.applies(context)) return { results: [], findings: [], figures: {} };
    const { cases = [], findings = [], figures = {} } = await check.run(context);
    const milliseconds = Math.round(performance.now() - began);
    const results = cases.map(({ case: name, ...rest }) =>
      asResult({ ...rest, check: [check.name, name, rest.tool].filter(Boolean).join('/'), milliseconds }),
    );
    return { results, findings, figures };
  } catch (error) {
    context.signal.throwIfAborted();
    const { code, message, hint } = toCrafterError(error);
    if (
      code === 'SERVER_UNHEALTHY' ||
      !(await context.tools().then(
        () => true,
        () => false,
      ))
    )
      return {
        results: [asResult({ status: 'skipped', message: 'Not looked at, since the server does not start.' })],
        findings: [],
        figures: {},
      };
    const what = code === 'INTERNAL' ? `The check came to no end: ${message}` : message;
    return {
      results: [asResult({ status: 'failed', message: what.slice(0, 500), remedy: hint })],
      findings: [],
      figures: {},
    };
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
    caveats: [...target.caveats],
  };
}
