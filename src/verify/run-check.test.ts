import { describe, expect, it } from 'vitest';
import type { Check, CheckContext } from '../spec/index.ts';
import { runCheck } from './run-check.ts';

const never = new Promise<never>(() => undefined);
const context = (tools: () => Promise<[]>): CheckContext =>
  ({ signal: new AbortController().signal, tools }) as unknown as CheckContext;
const check = (run: Check['run']): Check => ({
  name: 'names',
  level: 'L2',
  summary: '',
  seconds: 0.05,
  applies: () => true,
  run,
});

describe('one check', () => {
  it('[VERIFY-18] that comes to no end is told as its failure, and is ended', async () => {
    const signals: AbortSignal[] = [];
    const waits = check(({ signal }) => {
      signals.push(signal);
      return never;
    });
    // Whatever it waits for may never come: the listing of tools neither.
    const { results, late } = await runCheck(
      waits,
      context(() => never),
    );
    expect(results).toMatchObject([{ check: 'names', status: 'failed', severity: 'error' }]);
    expect(results[0]!.message).toContain('no end within 0.05 seconds');
    expect(late).toBe(true);
    expect(signals[0]!.aborted).toBe(true);
  });

  it('[VERIFY-18] in its time is left alone', async () => {
    const quick = check(async () => ({ cases: [{ status: 'passed', message: 'Good.' }] }));
    const { results, late } = await runCheck(
      quick,
      context(async () => []),
    );
    expect(results).toMatchObject([{ status: 'passed' }]);
    expect(late).toBeUndefined();
  });
});
