import { styleText } from 'node:util';
import type { Finding, Report } from '../spec/index.ts';

const severities = ['critical', 'high', 'medium', 'low'] as const;

export type Paint = (style: Parameters<typeof styleText>[0], text: string) => string;

export function found({ severity, file, line, tool, message, suggestion, type }: Finding, paint: Paint): string[] {
  const grave = severity === 'critical' || severity === 'high';
  const place = file === undefined ? tool : line === undefined ? file : `${file}:${line}`;
  const first = `  ${paint(grave ? 'red' : 'yellow', severity.padEnd(8))} ${place ? `${safe(place)}: ` : ''}${safe(message)} ${paint('dim', `[${type}]`)}`;
  return [first, `           → ${safe(suggestion)}`];
}

export function findingsLine(findings: readonly Finding[], paint: Paint): string {
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

export function figuresLine({ figures, sandbox }: Report): string {
  const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const parts = [
    figures.startMilliseconds !== undefined && `start ${Math.round(figures.startMilliseconds)} ms`,
    figures.callMilliseconds !== undefined && `call ${figures.callMilliseconds.toFixed(1)} ms`,
    figures.memoryBytes !== undefined && `memory ${megabytes(figures.memoryBytes)}`,
    figures.memoryGrowthBytes !== undefined && `growth over 800 calls ${megabytes(figures.memoryGrowthBytes)}`,
    figures.listingTokens !== undefined && `listing ≈ ${figures.listingTokens} tokens`,
    `verified in ${(figures.verifyMilliseconds / 1000).toFixed(1)} s`,
    sandbox !== undefined && (sandbox === 'none' ? 'without a sandbox' : `inside of ${sandbox}`),
  ];
  return parts.filter((part) => part !== false).join(' · ');
}

export function list(entries: readonly (readonly string[])[], most: number): string[] {
  const told = entries.slice(0, most).flat();
  return entries.length > most
    ? [...told, `  … and ${entries.length - most} more; the JSON report has them all.`]
    : told;
}

/** Words of servers are data: nothing in them may steer a terminal. */
export const safe = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/g, ' ').slice(0, 600);

export const bySeverity = (a: Finding, b: Finding): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity);
