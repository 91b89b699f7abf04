import { CrafterError, toCrafterError } from '../errors.ts';
import type { Check, CheckContext, CheckOutcome, CheckResult, Finding, Report } from '../spec/index.ts';

/** What one check contributed to a report. */
export interface Contribution {
  readonly results: readonly CheckResult[];
  readonly findings: readonly Finding[];
  readonly figures: Partial<Report['figures']>;
  /** It did not come to an end in its time. */
  readonly late?: true;
}

/** Seconds that a check may take unless it says otherwise. */
const mostSeconds = 60;

/** One check to its end. What it throws becomes its result; only cancelling goes further. */
export async function runCheck(check: Check, context: CheckContext): Promise<Contribution> {
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
    const { cases = [], findings = [], figures = {} } = await inTime(check, context);
    const milliseconds = Math.round(performance.now() - began);
    const results = cases.map(({ case: name, ...rest }) =>
      asResult({ ...rest, check: [check.name, name, rest.tool].filter(Boolean).join('/'), milliseconds }),
    );
    return { results, findings, figures };
  } catch (error) {
    context.signal.throwIfAborted();
    const { code, message, hint } = toCrafterError(error);
    // What did not end is not asked again.
    const late = error instanceof OutOfTime;
    if (
      code === 'SERVER_UNHEALTHY' ||
      (!late &&
        !(await context.tools().then(
          () => true,
          () => false,
        )))
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
      ...(late && { late }),
    };
  }
}

class OutOfTime extends CrafterError {}

/** Runs a check, but no longer than it may take: whatever it waits for, a verification comes to its end. */
async function inTime({ name, run, seconds = mostSeconds }: Check, context: CheckContext): Promise<CheckOutcome> {
  const over = new AbortController();
  const { promise: passed, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new OutOfTime('TIMEOUT', `The check ${name} came to no end within ${seconds} seconds.`, {
      hint: 'Look for a tool that never answers, or for a wait on the network; then verify again.',
    });
    reject(error);
    over.abort(error);
  }, seconds * 1000);
  try {
    const running = run({ ...context, signal: AbortSignal.any([context.signal, over.signal]) });
    running.catch(() => undefined);
    return await Promise.race([running, passed]);
  } finally {
    clearTimeout(timer);
  }
}
