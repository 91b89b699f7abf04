import { afterEach, describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext, type TestContext } from '../../testing.ts';
import { deduplicateData, type DeduplicateDataInput } from './data-deduplicator.ts';
import { deduplicate } from './index.ts';

recipeConformance(deduplicate);

let test: TestContext | undefined;
afterEach(() => test?.dispose());

const rows = [
  { name: 'Ana Silva', phone: '+49 30 901820', city: null },
  { name: 'ana  silva', phone: '0049 (30) 901-820', city: 'Berlin' },
  { name: 'Bo', phone: null, city: null },
  { name: 'Ana Silva', phone: '+49 30 901820', city: null },
  { name: null, phone: null, city: 'Oslo' },
  { name: null, phone: null, city: 'Rome' },
];

async function run(args: Partial<DeduplicateDataInput>) {
  test = await makeTestContext({
    files: { 'datasets/d.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
  });
  return deduplicateData({ dataset: 'd', ...args }, test.context);
}

describe('data_deduplicator', () => {
  it('[RECIPES-DATA-16] finds rows that differ in case, spaces and phone notation, and keeps rows without keys', async () => {
    const result = await run({ keys: ['name', 'phone'] });
    expect(result).toMatchObject({ rowsRead: 6, rows: 4, duplicates: 2 });
    expect(result.examples.map((row) => [row['_row'], row['_kept_row']])).toEqual([
      [2, 1],
      [4, 1],
    ]);
  });

  it('[RECIPES-DATA-16] keeps the first, the last or the most complete row', async () => {
    const kept: unknown[] = [];
    for (const keep of ['first', 'last', 'most_complete'] as const) {
      const result = await run({ keys: ['phone'], keep });
      kept.push(result.examples.map((row) => row['_kept_row']));
      await test?.dispose();
    }
    expect(kept).toEqual([
      [1, 1],
      [4, 4],
      [2, 2],
    ]);
  });

  it('compares exactly when asked, and all columns by default', async () => {
    expect(await run({ exact: true })).toMatchObject({ rows: 5, duplicates: 1, keys: ['name', 'phone', 'city'] });
  });
});
