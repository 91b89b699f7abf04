import type { ServerOverview, ServerRecord } from './types.ts';

/** What is kept beside a record, so that a listing need not read the record itself. */
export function overviewOf(record: ServerRecord): ServerOverview {
  const { blueprint, report, artifact } = record;
  return {
    name: record.name,
    version: record.version,
    desired: record.desired,
    description: blueprint.description,
    language: blueprint.language,
    tools: blueprint.tools.map(({ name }) => name),
    ...(report === undefined ? {} : { score: report.score }),
    ...(artifact === undefined ? {} : { artifact }),
    createdAt: record.createdAt,
    updatedAt: record.updatedAt,
  };
}
