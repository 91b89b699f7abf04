import { describe, expect, it } from 'vitest';
import type { CheckResult, Finding, Report } from '../spec/index.ts';
import { renderReport } from '../util/index.ts';
import { isSuccess, scoreOf, tallyLevels } from './score.ts';

const check = (
  level: CheckResult['level'],
  status: CheckResult['status'],
  severity: CheckResult['severity'] = 'error',
  more: Partial<CheckResult> = {},
): CheckResult => ({
  check: 'a_check',
  level,
  status,
  severity,
  message: 'What was seen.',
  ...more,
});
const finding = (severity: Finding['severity'], file = 'src/a.ts'): Finding => ({
  type: 'eval',
  severity,
  file,
  line: 3,
  message: 'Text is run as code.',
  suggestion: 'Parse it.',
});
const good = [check('L1', 'passed'), check('L2', 'passed'), check('L3', 'passed')];

describe('success and score', () => {
  it('[VERIFY-13] everything passed is 100 and a success', () => {
    expect([isSuccess(good, []), scoreOf(good, [])]).toEqual([true, 100]);
  });

  it('[VERIFY-13] a failed warning costs a third of a failed error, and no success', () => {
    const some = [...good, check('L2', 'failed', 'warning')];
    expect([isSuccess(some, []), scoreOf(some, [])]).toEqual([true, 90]);
  });

  it('[VERIFY-13] a failed error in L3 is no success, at most 79', () => {
    const many = [
      ...Array.from({ length: 50 }, () => check('L2', 'passed')),
      check('L1', 'passed'),
      check('L3', 'failed'),
    ];
    expect([isSuccess(many, []), scoreOf(many, [])]).toEqual([false, 79]);
  });

  it('[VERIFY-13] without L1 there is no success, at most 40', () => {
    const many = [...Array.from({ length: 50 }, () => check('L2', 'passed')), check('L1', 'failed')];
    expect([isSuccess(many, []), scoreOf(many, [])]).toEqual([false, 40]);
    expect(isSuccess([check('L2', 'passed')], [])).toBe(false);
  });

  it('[VERIFY-13] a high finding is no success, at most 59; a medium one costs five', () => {
    expect([isSuccess(good, [finding('high')]), scoreOf(good, [finding('high')])]).toEqual([false, 59]);
    expect([isSuccess(good, [finding('medium')]), scoreOf(good, [finding('medium')])]).toEqual([true, 95]);
    expect(scoreOf(good, [finding('medium'), finding('medium'), finding('medium', 'src/b.ts')])).toBe(90);
  });

  it('[VERIFY-13] what was skipped counts for nothing', () => {
    expect(tallyLevels([...good, check('L3', 'skipped')])).toEqual([
      { level: 'L1', passed: 1, applicable: 1 },
      { level: 'L2', passed: 1, applicable: 1 },
      { level: 'L3', passed: 1, applicable: 1 },
    ]);
  });
});

describe('the report as text', () => {
  const report = (checks: CheckResult[], findings: Finding[] = []): Report => ({
    format: 1,
    subject: 'csv-tools',
    version: '1.2.0',
    verifier: '0.1.0',
    success: isSuccess(checks, findings),
    score: scoreOf(checks, findings),
    levels: tallyLevels(checks),
    checks,
    findings,
    figures: { verifyMilliseconds: 1234, listingTokens: 400 },
    caveats: [],
  });

  it('[VERIFY-16] begins with verdict, name and score, then a line a level', () => {
    const [first, , ...rest] = renderReport(report(good)).split('\n');
    expect(first).toBe('PASSED  csv-tools 1.2.0  score 100/100');
    expect(rest.slice(0, 4).map((line) => line.trim().slice(0, 4))).toEqual(['✓ L1', '✓ L2', '✓ L3', '✓ Se']);
    expect(rest.join('\n')).toContain('verified in 1.2 s');
  });

  it('[VERIFY-16] tells failures with their remedy, errors before warnings, what tools have in common once', () => {
    const remedy = { remedy: 'Do this.' };
    const bad = [
      ...good,
      check('L2', 'failed', 'warning', { ...remedy, tool: 'a' }),
      check('L2', 'failed', 'warning', { ...remedy, tool: 'b' }),
      check('L3', 'failed', 'error', { message: 'It broke.', ...remedy }),
    ];
    const text = renderReport(report(bad, [finding('critical')]));
    expect(text).toContain('FAILED');
    expect(text.indexOf('It broke.')).toBeLessThan(text.indexOf('a, b: What was seen.'));
    expect(text).toContain('→ Do this.');
    expect(text).toContain('src/a.ts:3');
  });

  it('[VERIFY-16] words of a server cannot steer a terminal', () => {
    const text = renderReport(
      report([...good, check('L3', 'failed', 'error', { message: 'a\u001b[2J\u0007\u202eb\nc' })]),
      { colours: false },
    );
    // eslint-disable-next-line no-control-regex
    expect(text).not.toMatch(/[\u001b\u0007\u202e]/);
    expect(renderReport(report(good), { colours: true })).toContain('\u001b[');
  });
});
