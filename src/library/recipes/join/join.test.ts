import { afterEach, describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext, type TestContext } from '../../testing.ts';
import { joinData, type JoinDataInput } from './data-joiner.ts';
import { join } from './index.ts';

recipeConformance(join);

let test: TestContext | undefined;
afterEach(() => test?.dispose());

async function run(args: Partial<JoinDataInput>) {
  test = await makeTestContext({
    files: {
      'datasets/l.jsonl': '{"id":1,"k":"a"}\n{"id":2,"k":"B"}\n{"id":3,"k":null}\n{"id":4,"k":"z"}\n',
      'datasets/r.jsonl':
        '{"key":"A","id":10}\n{"key":"b","id":20}\n{"key":"b","id":21}\n{"key":"y","id":30}\n{"id":40}\n',
    },
  });
  const result = await joinData(
    { left: 'l', right: 'r', on: [{ left: 'k', right: 'key' }], into: 'j', ...args },
    test.context,
  );
  const lines = (await test.read(result.file)).trim().split('\n');
  return {
    result,
    pairs: lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

const ids = (rows: Record<string, unknown>[]) => rows.map((row) => `${row['id']}-${row['id_right']}`);

describe('data_joiner', () => {
  it('[RECIPES-DATA-17] inner keeps matches, left all of the left, full all of both', async () => {
    const inner = await run({ kind: 'inner' });
    expect(ids(inner.pairs)).toEqual(['1-10', '2-20', '2-21']);
    expect(inner.result).toMatchObject({ leftRows: 4, rightRows: 5, leftWithoutMatch: 2, rightWithoutMatch: 2 });
    await test?.dispose();
    expect(ids((await run({ kind: 'left' })).pairs)).toEqual(['1-10', '2-20', '2-21', '3-null', '4-null']);
    await test?.dispose();
    const full = await run({ kind: 'full' });
    expect(ids(full.pairs)).toEqual(['1-10', '2-20', '2-21', '3-null', '4-null', 'null-30', 'null-40']);
    expect(full.pairs[5]!['k']).toBe('y');
  });

  it('[RECIPES-DATA-17] lets case count when asked', async () => {
    expect(ids((await run({ exact: true })).pairs)).toEqual([]);
  });

  it('names the columns there are when a key is none', async () => {
    await expect(run({ on: [{ left: 'k', right: 'nope' }] })).rejects.toMatchObject({ nextStep: 'Columns: key, id.' });
  });
});
