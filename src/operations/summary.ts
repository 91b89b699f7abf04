import type { FleetState } from '../operate/index.ts';
import type { ServerSummary } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';

/** A registered server as every face shows it. */
export function summaryOf(record: ServerRecord, state: FleetState): ServerSummary {
  const idle = record.desired === 'stopped' && state.status === 'stopped';
  return {
    name: record.name,
    version: record.version,
    status: idle ? 'ready' : state.status,
    description: record.blueprint.description,
    language: record.blueprint.language,
    tools: record.blueprint.tools.map((tool) => tool.name),
    ...(record.report === undefined ? {} : { score: record.report.score }),
    ...(state.url === undefined ? {} : { url: state.url }),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
}
