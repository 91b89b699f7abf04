import type { Build, Report } from '../../spec/index.ts';
import { errorText, plain, style, within } from '../output.ts';
import { CrafterError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import { renderReport } from './report.ts';

type ErrorJson = NonNullable<Build['error']>;

interface Outcome {
  readonly build?: string;
  readonly status: string;
  readonly server: string;
  readonly version: string;
  readonly message: string;
  readonly url?: string;
  readonly notes: readonly string[];
  readonly report?: Report;
  readonly error?: ErrorJson;
  readonly changes?: { readonly version: { readonly from: string; readonly to: string }; readonly interface: readonly string[]; readonly code: string; readonly kept: readonly string[] };
  readonly also?: readonly { readonly build: string; readonly server: string; readonly status: string }[];
}

/** How a create, update or execute ended, or that it has begun. */
export function renderOutcome(outcome: Outcome): string {
  const parts: string[] = [];
  if (outcome.changes !== undefined) parts.push(renderChanges(outcome.changes));
  if (outcome.report !== undefined) parts.push(renderReport(outcome.report));
  if (outcome.error !== undefined) parts.push(renderError(outcome.error));
  else parts.push(`${mark(outcome.status)} ${within(outcome.message)}`);
  parts.push(...outcome.notes.map((note) => `  ${style('yellow', '!')} ${within(note)}`));
  parts.push(...(outcome.also ?? []).map((other) => `  ${mark(other.status)} ${other.server}: ${other.status} (${other.build})`));
  if (outcome.status === 'queued' || outcome.status === 'running') parts.push(`  Follow it with: mcp-crafter status ${outcome.build ?? outcome.server} --wait`);
  return parts.join('\n');
}

export function renderBuild(build: Build): string {
  const head = `${mark(build.status)} ${build.id}  ${build.server} ${build.version}  ${build.status}${build.stage === undefined ? '' : ` (${build.stage})`}  ${Math.round(build.fraction * 100)}%`;
  const parts = [head, `  ${within(build.message)}`];
  if (build.report !== undefined) parts.push(renderReport(build.report));
  if (build.error !== undefined) parts.push(renderError(build.error));
  return parts.join('\n');
}

function renderChanges(changes: NonNullable<Outcome['changes']>): string {
  const lines = [`Version ${changes.version.from} → ${changes.version.to}`, ...changes.interface.map((change) => `  ${within(change)}`)];
  if (changes.code !== '') lines.push(plain(changes.code));
  if (changes.kept.length > 0) lines.push(`Left as you changed them, and not part of the server: ${changes.kept.join(', ')}`);
  return lines.join('\n');
}

function renderError(error: ErrorJson): string {
  return errorText(new CrafterError(error.code as ErrorCode, error.message, error));
}

function mark(status: string): string {
  if (status === 'failed' || status === 'cancelled') return style('red', '✗');
  return status === 'queued' || status === 'running' ? style('yellow', '…') : style('green', '✓');
}
