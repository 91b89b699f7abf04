import { styleText } from 'node:util';
import type { CheckResult, Finding, Report } from '../spec/index.ts';

export interface RenderOptions {
  /** ANSI colours; default off. */
  readonly colours?: boolean;
  /** Most failures and findings told in full; default 20. */
  readonly most?: number;
}

const meanings: Readonly<Record<string, string>> = {
  L1: 'builds, starts, speaks the protocol',
  L2: 'interface',
  L3: 'behaves',
  L4: 'an agent can use it',
};

const severities = ['critical', 'high', 'medium', 'low'] as const;

/** A report as text that a person understands at a glance: verdict, levels, what failed with its remedy, figures. */
export function renderReport(report: Report, { colours = false, most = 20 }: RenderOptions = {}): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const verdict = report.success ? paint(['green', 'bold'], 'PASSED') : paint(['red', 'bold'], 'FAILED');
  const version = report.version === undefined ? '' : ` ${report.version}`;
  const lines = [`${verdict}  ${safe(report.subject)}${version}  ${paint('bold', `score ${report.score}/100`)}`, ''];
  for (const { level, passed, applicable } of report.levels) {
    const mark =
      applicable === 0
        ? '·'
        : passed === applicable
          ? paint('green', '✓')
          : hasError(report, level)
            ? paint('red', '✗')
            : paint('yellow', '!');
    lines.push(
      `  ${mark} ${level} ${(meanings[level] ?? '').padEnd(36)} ${applicable === 0 ? 'not looked at' : `${passed}/${applicable}`}`,
    );
  }
  lines.push(`  ${findingsLine(report.findings, paint)}`);
  const failures = report.checks.filter((check) => check.status === 'failed').sort((a, b) => rank(a) - rank(b));
  if (failures.length > 0)
    lines.push(
      '',
      ...list(
        grouped(failures).map((group) => failure(group, paint)),
        most,
      ),
    );
  if (report.findings.length > 0)
    lines.push(
      '',
      ...list(
        [...report.findings].sort(bySeverity).map((finding) => found(finding, paint)),
        most,
      ),
    );
  const skipped = report.checks.filter((check) => check.status === 'skipped');
  const unjudged = [...new Set(skipped.map(({ tool, message }) => `${tool ? `${safe(tool)}: ` : ''}${safe(message)}`))];
  if (unjudged.length > 0)
    lines.push(
      '',
      ...list(
        unjudged.map((text) => [`  ${paint('dim', 'not judged')}  ${text}`]),
        5,
      ),
    );
  lines.push(
    '',
    `  ${paint('dim', figuresLine(report))}`,
    ...report.caveats.map((caveat) => `  ${paint('dim', `Note: ${safe(caveat)}`)}`),
  );
  return `${lines.join('\n')}\n`;
}

type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

/** Failures of the same kind in several tools are told once. */
function grouped(failures: readonly CheckResult[]): CheckResult[][] {
  const groups = new Map<string, CheckResult[]>();
  for (const one of failures) {
    const sameMessage = `${one.severity} ${one.message} ${one.remedy}`;
    const sameRemedy =
      one.severity === 'warning' && one.tool !== undefined ? `${one.check.split('/')[0]} ${one.remedy}` : sameMessage;
    groups.set(sameRemedy, [...(groups.get(sameRemedy) ?? []), one]);
  }
  return [...groups.values()];
}

function failure(group: readonly CheckResult[], paint: Paint): string[] {
  const { check, severity, message, remedy } = group[0]!;
  const mark = severity === 'error' ? paint('red', 'error  ') : paint('yellow', 'warning');
  const tools = [...new Set(group.flatMap(({ tool }) => (tool === undefined ? [] : [safe(tool)])))];
  const named = tools.length > 4 ? `${tools.slice(0, 3).join(', ')} and ${tools.length - 3} more` : tools.join(', ');
  const first = `  ${mark}  ${named ? `${named}: ` : ''}${safe(message)} ${paint('dim', `[${safe(group.length > 1 ? check.split('/')[0]! : check)}]`)}`;
  return remedy === undefined ? [first] : [first, `           → ${safe(remedy)}`];
}

function found({ severity, file, line, tool, message, suggestion, type }: Finding, paint: Paint): string[] {
  const grave = severity === 'critical' || severity === 'high';
  const place = file === undefined ? tool : line === undefined ? file : `${file}:${line}`;
  const first = `  ${paint(grave ? 'red' : 'yellow', severity.padEnd(8))} ${place ? `${safe(place)}: ` : ''}${safe(message)} ${paint('dim', `[${type}]`)}`;
  return [first, `           → ${safe(suggestion)}`];
}

function findingsLine(findings: readonly Finding[], paint: Paint): string {
  if (findings.length === 0) return `${paint('green', '✓')} Security findings: none`;
  const counts = severities.map(
    (severity) => [findings.filter((finding) => finding.severity === severity).length, severity] as const,
  );
  const grave = findings.some(({ severity }) => severity === 'critical' || severity === 'high');
  return `${grave ? paint('red', '✗') : paint('yellow', '!')} Security findings: ${counts
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}`)
    .join(', ')}`;
}

function figuresLine({ figures }: Report): string {
  const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const parts = [
    figures.startMilliseconds !== undefined && `start ${Math.round(figures.startMilliseconds)} ms`,
    figures.callMilliseconds !== undefined && `call ${figures.callMilliseconds.toFixed(1)} ms`,
    figures.memoryBytes !== undefined && `memory ${megabytes(figures.memoryBytes)}`,
    figures.memoryGrowthBytes !== undefined && `growth over 800 calls ${megabytes(figures.memoryGrowthBytes)}`,
    figures.listingTokens !== undefined && `listing ≈ ${figures.listingTokens} tokens`,
    `verified in ${(figures.verifyMilliseconds / 1000).toFixed(1)} s`,
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

function list(entries: readonly (readonly string[])[], most: number): string[] {
  const told = entries.slice(0, most).flat();
  return entries.length > most
    ? [...told, `  … and ${entries.length - most} more; the JSON report has them all.`]
    : told;
}

/** Words of servers are data: nothing in them may steer a terminal. */
// eslint-disable-next-line no-control-regex
const safe = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/g, ' ').slice(0, 600);

const rank = ({ severity }: CheckResult): number => (severity === 'error' ? 0 : 1);
const bySeverity = (a: Finding, b: Finding): number => severities.indexOf(a.severity) - severities.indexOf(b.severity);
const hasError = (report: Report, level: string): boolean =>
  report.checks.some((check) => check.level === level && check.status === 'failed' && check.severity === 'error');
