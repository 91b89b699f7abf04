import { median, type Row } from '../row.ts';
import type { Reached } from './reach.ts';

/** Rows of one of our peers over all documents; `default_` has the figures that are promised of the default shape. */
export function reachedRows(peer: string, all: readonly Reached[], default_: boolean): Row[] {
  const operations = sum(all, ({ operations: count }) => count);
  const missed = sum(all, (one) => one.missed.length);
  const rows: Row[] = [
    {
      what: `${peer}: operations reachable`,
      value: (100 * (operations - missed)) / operations,
      unit: '%',
      least: 100,
      how: `${operations - missed} of ${operations}, each called once, by method and path at the mock`,
    },
    {
      what: `${peer}: those calls ended without an error`,
      value: (100 * (operations - missed - sum(all, (one) => one.refused.length))) / operations,
      unit: '%',
      how: 'the mock answers every call with 200 and an empty JSON object',
    },
  ];
  return default_ ? [...rows, ...timeRows(all), ...largestRows(all), ...searchRows(all)] : rows;
}

function timeRows(all: readonly Reached[]): Row[] {
  const largest = largestOf(all);
  return [
    {
      what: 'document to verified running server',
      value: median(all.map(({ made }) => made.milliseconds)) / 1000,
      unit: 's',
      most: 3,
      how: `median over ${all.length} documents of the command create --start --wait, service running`,
    },
    {
      what: `document to verified running server, ${largest.document}`,
      value: largest.made.milliseconds / 1000,
      unit: 's',
      most: 8,
      how: `${largest.operations} operations, once`,
    },
  ];
}

/** What the server of the document with the most operations costs. */
function largestRows(all: readonly Reached[]): Row[] {
  const { document, operations, figures } = largestOf(all);
  if (figures === undefined) return [];
  const row = (what: string, value: number, unit: string, most: number): Row => ({
    what: `${document}: ${what}`,
    value,
    unit,
    most,
    how: `${operations} operations, ${figures.tools} tools listed, project run by plain Node over stdio`,
  });
  return [
    row('start to first tools/list', figures.listMilliseconds / 1000, 's', 1),
    row('memory after it (PSS)', figures.megabytes, 'MB', 150),
    row('listing', figures.listTokens, 'tokens', 2000),
  ];
}

function searchRows(all: readonly Reached[]): Row[] {
  const rankings = all.flatMap(({ ranking }) => ranking ?? []);
  const queries = sum(rankings, (one) => one.queries);
  if (queries === 0) return [];
  const row = (what: string, found: number): Row => ({
    what: `search_operations: ${what}`,
    value: (100 * found) / queries,
    unit: '%',
    how: `${queries} operations of ${rankings.length} documents, each searched by its summary or the words of its operationId`,
  });
  return [
    row(
      'first',
      sum(rankings, (one) => one.first),
    ),
    row(
      'among the first five',
      sum(rankings, (one) => one.firstFive),
    ),
  ];
}

function largestOf(all: readonly Reached[]): Reached {
  return all.reduce((most, one) => (one.operations > most.operations ? one : most));
}

function sum<T>(all: readonly T[], figure: (one: T) => number): number {
  return all.reduce((total, one) => total + figure(one), 0);
}
