import type { Crafter } from '../crafter.ts';
import type { Build, BuildState, Report } from '../spec/index.ts';

export interface Changes {
  readonly version: { readonly from: string; readonly to: string };
  readonly interface: string[];
  readonly code: string;
  readonly kept: string[];
}

/** What an order of builds came to; the operations' output schema says what each field means. */
export interface Outcome {
  readonly build?: string;
  readonly status: BuildState | 'unchanged' | 'preview';
  readonly server: string;
  readonly version: string;
  readonly message: string;
  readonly url?: string;
  readonly notes: string[];
  readonly report?: Report;
  readonly error?: NonNullable<Build['error']>;
  readonly changes?: Changes;
  readonly also?: { build: string; server: string; status: BuildState }[];
}

/** The first build in full, further ones by name; a failed one comes first. */
export function outcomeOf(crafter: Crafter, builds: readonly Build[], notes: readonly string[]): Outcome {
  const [first, ...others] = builds.toSorted((a, b) => Number(b.status === 'failed') - Number(a.status === 'failed'));
  if (first === undefined) throw new TypeError('an order has at least one build');
  const { url } = crafter.fleet.state(first.server);
  return {
    build: first.id,
    status: first.status,
    server: first.server,
    version: first.version,
    message: messageOf(first, url),
    notes: [...notes, ...wrongOperations(first.report)],
    ...(url === undefined ? {} : { url }),
    ...(first.report === undefined ? {} : { report: first.report }),
    ...(first.error === undefined ? {} : { error: first.error }),
    ...(others.length === 0 ? {} : { also: others.map(({ id, server, status }) => ({ build: id, server, status })) }),
  };
}

/** Operations that are served although the requests they make were judged wrong. */
function wrongOperations(report: Report | undefined): string[] {
  const wrong = (report?.checks ?? []).filter(
    ({ check, status, severity }) => check.startsWith('api_requests/') && status === 'failed' && severity === 'warning',
  );
  return wrong.map(({ message }) => `Served, but its request was judged wrong: ${message}`);
}

function messageOf(build: Build, url: string | undefined): string {
  if (build.status === 'queued' || build.status === 'running')
    return `${build.server} is being built. Follow it with: mcp-crafter status ${build.id} --wait`;
  if (build.status !== 'success') return build.message;
  const place = url === undefined ? `Start it with: mcp-crafter start ${build.server}` : `It answers at ${url}.`;
  return `${build.server} ${build.version} is verified and ready. ${place}`;
}
