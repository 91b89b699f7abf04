import { styleText } from 'node:util';
import type { CheckResult, Report } from '../spec/index.ts';
import { found, findingsLine, figuresLine, list, safe, bySeverity } from './report-lines.ts';
import type { Paint } from './report-lines.ts';

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

/** A report as text that a person understands at a glance: verdict, levels, what failed with its remedy, figures. */
export function renderReport(report: Report, { colours = false, most = 20 }: RenderOptions = {}): string {
  const paint = (style: Parameters<typeof styleText>[0], text: string): string =>
    colours ? styleText(style, text, { validateStream: false }) : text;
  const verdict = report.success ? paint(['green', 'bold'], 'PASSED') : paint(['red', 'bold'], 'FAILED');
  const version = report.version === undefined ? '' : ` ${safe(report.version)}`;
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

const rank = ({ severity }: CheckResult): number => (severity === 'error' ? 0 : 1);
const hasError = (report: Report, level: string): boolean =>
  report.checks.some((check) => check.level === level && check.status === 'failed' && check.severity === 'error');
