import { afterEach, describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext, type TestContext } from '../../testing.ts';
import { aggregateData, type AggregateDataInput } from './data-aggregator.ts';
import { aggregate } from './index.ts';

recipeConformance(aggregate);

let test: TestContext | undefined;
afterEach(() => test?.dispose());

const rows = [
  { team: 'a', hours: '0.1', day: '2024-03-01' },
  { team: 'b', hours: '7', day: '2024-02-01' },
  { team: 'a', hours: '0.2', day: '2024-01-01' },
  { team: 'a', hours: '4', day: null },
  { team: 'c', hours: null, day: null },
];

async function run(args: Partial<AggregateDataInput>, data: readonly object[] = rows) {
  test = await makeTestContext({
    files: { 'datasets/d.jsonl': data.map((row) => `${JSON.stringify(row)}\n`).join('') },
  });
  return aggregateData({ dataset: 'd', ...args }, test.context);
}

describe('data_aggregator', () => {
  it('works out every figure', async () => {
    const result = await run({
      groupBy: ['team'],
      measures: [
        { operation: 'count', column: 'hours' },
        { operation: 'sum', column: 'hours', as: 'total' },
        { operation: 'average', column: 'hours' },
        { operation: 'median', column: 'hours' },
        { operation: 'minimum', column: 'day' },
        { operation: 'maximum', column: 'hours' },
        { operation: 'distinct', column: 'day' },
      ],
      orderBy: 'total',
      descending: true,
    });
    const figures = [
      'count_hours',
      'total',
      'average_hours',
      'median_hours',
      'minimum_day',
      'maximum_hours',
      'distinct_day',
    ];
    expect(result.preview.map((row) => [row['team'], ...figures.map((figure) => row[figure])])).toEqual([
      ['b', 1, 7, 7, 7, '2024-02-01', 7, 1],
      ['a', 3, 4.3, 1.43333333333333, 0.2, '2024-01-01', 4, 2],
      ['c', 0, 0, null, null, null, null, 0],
    ]);
  });

  it('answers for all rows together, also when there are none', async () => {
    expect((await run({})).preview).toEqual([{ count: 5 }]);
    await test?.dispose();
    expect((await run({}, [])).preview).toEqual([{ count: 0 }]);
  });

  it('keeps the first groups only, missing values last', async () => {
    const result = await run({ groupBy: ['day'], orderBy: 'day', descending: true, limit: 2 });
    expect(result).toMatchObject({ groups: 4, rows: 2 });
    expect(result.preview.map((row) => row['day'])).toEqual(['2024-03-01', '2024-02-01']);
  });

  it('refuses figures without a column, columns of one name and an order by none', async () => {
    await expect(run({ measures: [{ operation: 'sum' }] })).rejects.toThrow('sum needs a column');
    await test?.dispose();
    await expect(run({ measures: [{ operation: 'count' }, { operation: 'count' }] })).rejects.toThrow('called “count”');
    await test?.dispose();
    await expect(run({ orderBy: 'nope' })).rejects.toThrow('no column “nope”');
  });
});
