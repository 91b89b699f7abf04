import { levels, type CheckResult, type Finding, type Report } from '../spec/index.ts';

const weights = { error: 3, warning: 1 } as const;
const costs = { low: 1, medium: 5, high: 20, critical: 40 } as const;

/** Levels with passed and applicable cases; skipped ones count for neither. L4 appears only when it was looked at. */
export function tallyLevels(checks: readonly CheckResult[]): Report['levels'] {
  return levels.flatMap((level) => {
    const counted = checks.filter((check) => check.level === level && check.status !== 'skipped');
    if (counted.length === 0 && level === 'L4') return [];
    return [{ level, passed: counted.filter((check) => check.status === 'passed').length, applicable: counted.length }];
  });
}

/** L1 full, no failed error in L2 and L3, no finding of severity high or critical. */
export function isSuccess(checks: readonly CheckResult[], findings: readonly Finding[]): boolean {
  return startsUp(checks) && !checks.some(isError) && !findings.some(isGrave);
}

/**
 * 0 to 100: the weighted share of looked-at cases that passed (an error weighs 3, a warning 1) times 100,
 * less 40 for each critical, 20 for each high, 5 for each medium and 1 for each low finding (one of a type and file counts),
 * and at most 40 without a full L1, 59 with a grave finding, 79 with a failed error. Rounded down: 100 means that nothing is missing.
 */
export function scoreOf(checks: readonly CheckResult[], findings: readonly Finding[]): number {
  const counted = checks.filter((check) => check.status !== 'skipped');
  const sum = (some: readonly CheckResult[]): number =>
    some.reduce((total, { severity }) => total + weights[severity], 0);
  const share = counted.length === 0 ? 0 : sum(counted.filter((check) => check.status === 'passed')) / sum(counted);
  const distinct = new Map(
    findings.map((finding) => [`${finding.type} ${finding.file ?? finding.tool ?? ''}`, finding]),
  );
  const cost = [...distinct.values()].reduce((total, { severity }) => total + costs[severity], 0);
  const caps = [100, startsUp(checks) ? 100 : 40, findings.some(isGrave) ? 59 : 100, checks.some(isError) ? 79 : 100];
  return Math.max(0, Math.min(Math.floor(share * 100 - cost), ...caps));
}

const isError = (check: CheckResult): boolean => check.status === 'failed' && check.severity === 'error';
const isGrave = ({ severity }: Finding): boolean => severity === 'high' || severity === 'critical';
const startsUp = (checks: readonly CheckResult[]): boolean => {
  const first = checks.filter((check) => check.level === 'L1');
  return first.length > 0 && !first.some(isError);
};
