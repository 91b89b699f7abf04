import type { FleetState } from '../operate/index.ts';
import type { ServerSummary } from '../spec/index.ts';
import type { ServerOverview } from '../storage/index.ts';

/** A registered server as every face shows it. */
export function summaryOf(
  { name, version, desired, description, language, tools, score, createdAt, updatedAt }: ServerOverview,
  state: FleetState,
): ServerSummary {
  const idle = desired === 'stopped' && state.status === 'stopped';
  return {
    name,
    version,
    status: idle ? 'ready' : state.status,
    description,
    language,
    tools: [...tools],
    ...(score === undefined ? {} : { score }),
    ...(state.url === undefined ? {} : { url: state.url }),
    createdAt,
    updatedAt,
  };
}
