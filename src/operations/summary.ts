import type { FleetState } from '../operate/index.ts';
import type { ServerSummary } from '../spec/index.ts';
import type { ServerOverview } from '../storage/index.ts';

/**
 * A registered server as every face shows it.
 * @param elsewhere the other service that runs it.
 */
export function summaryOf(
  { name, version, desired, description, language, tools, score, createdAt, updatedAt }: ServerOverview,
  state: FleetState,
  elsewhere?: string,
): ServerSummary {
  const idle = desired === 'stopped' && state.status === 'stopped';
  return {
    name,
    version,
    status: elsewhere !== undefined ? 'running' : idle ? 'ready' : state.status,
    ...(elsewhere === undefined ? {} : { service: elsewhere }),
    description,
    language,
    tools: [...tools],
    ...(score === undefined ? {} : { score }),
    ...(state.url === undefined ? {} : { url: state.url }),
    createdAt,
    updatedAt,
  };
}
