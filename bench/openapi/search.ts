import type { Running } from './generated.ts';
import type { JudgedOperation } from './judge.ts';
import { findOperation, type Project } from './project.ts';

/** How often the operation that a query was made from comes first, and among the first five. */
export interface Ranking {
  readonly queries: number;
  readonly first: number;
  readonly firstFive: number;
  /** Queries whose operation was not among the first five. */
  readonly missed: readonly string[];
}

/** Searches for each operation by its summary, else by the words of its operationId; nothing when there is no search. */
export async function rankOperations(
  running: Running,
  project: Project,
  operations: readonly JudgedOperation[],
): Promise<Ranking | undefined> {
  if (!running.tools.some(({ name }) => name === 'search_operations')) return undefined;
  let queries = 0;
  let first = 0;
  let firstFive = 0;
  const missed: string[] = [];
  for (const operation of operations) {
    const wanted = findOperation(project, operation.method, operation.path);
    const query = operation.summary || operation.opId.replace(/([a-z0-9])([A-Z])|[_\-./]+/g, '$1 $2').trim();
    if (wanted === undefined || wanted.listed || query === '') continue;
    const names = await search(running, query);
    queries++;
    if (names[0] === wanted.tool.name) first++;
    if (names.slice(0, 5).includes(wanted.tool.name)) firstFive++;
    else missed.push(`${query} (${wanted.tool.name}): ${names.slice(0, 3).join(', ')}`);
  }
  return { queries, first, firstFive, missed };
}

async function search(running: Running, query: string): Promise<string[]> {
  const answer = await running.client.callTool({
    name: 'search_operations',
    arguments: { query: query.slice(0, 200) },
  });
  const { operations = [] } = (answer.structuredContent ?? {}) as {
    operations?: { name?: string; operation?: string }[];
  };
  return operations.map(({ name, operation }) => name ?? operation ?? '');
}
