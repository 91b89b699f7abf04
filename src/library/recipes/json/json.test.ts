import { afterEach, describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext, type TestContext } from '../../testing.ts';
import { json } from './index.ts';
import { exportJson } from './json-exporter.ts';
import { readJson, type ReadJsonInput } from './json-reader.ts';

recipeConformance(json);

let test: TestContext | undefined;
afterEach(() => test?.dispose());

async function read(text: string, args: ReadJsonInput = {}) {
  test = await makeTestContext();
  return readJson({ text, ...args }, test.context);
}

describe('json_reader', () => {
  it('takes a list, a list inside of a document, one object, and plain values', async () => {
    expect(await read('[{"a":1},{"a":2}]')).toMatchObject({ rows: 2, records: '' });
    await test?.dispose();
    expect(await read('{"x":[{"a":1}],"y":{"z":[{"b":1},{"b":2}]}}')).toMatchObject({
      rows: 2,
      records: 'y.z',
      otherLists: ['x'],
    });
    await test?.dispose();
    expect((await read('{"a":{"b":1}}')).preview).toEqual([{ a: { b: 1 } }]);
    await test?.dispose();
    expect((await read('[1,"two"]')).preview).toEqual([{ value: 1 }, { value: 'two' }]);
  });

  it('takes the records it is told, and names the lists when there are none', async () => {
    expect(await read('{"x":[{"a":1}],"y":[{"b":1},{"b":2}]}', { records: 'x' })).toMatchObject({
      rows: 1,
      records: 'x',
    });
    await test?.dispose();
    await expect(read('{"x":[{"a":1}]}', { records: 'nope' })).rejects.toMatchObject({
      nextStep: 'Lists of records: x.',
    });
  });

  it('keeps all digits of long numbers', async () => {
    const result = await read('[{"id":12345678901234567890,"n":1.5}]');
    expect(result.preview).toEqual([{ id: '12345678901234567890', n: 1.5 }]);
  });

  it('[RECIPES-DATA-5] takes __proto__ as data, flattened too', async () => {
    const result = await read('[{"__proto__":{"polluted":1},"a":2}]', { flatten: true });
    expect(await test!.read(result.file)).toBe('{"__proto__.polluted":1,"a":2}\n');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('refuses what is no JSON and what is nested too deep', async () => {
    await expect(read('{"a":}')).rejects.toThrow('not valid JSON');
    await test?.dispose();
    await expect(read(`[{"a":${'['.repeat(5_000)}${']'.repeat(5_000)}}]`)).rejects.toThrow('nested deeper than 64');
  });
});

it('json_exporter writes valid JSON in every indentation, also of no rows', async () => {
  test = await makeTestContext({
    files: { 'datasets/d.jsonl': '{"a":"x\\ny","b":{"c":[1]}}\n{"a":null}\n', 'datasets/e.jsonl': '' },
  });
  for (const indent of [0, 2, 8]) {
    const { file } = await exportJson({ dataset: 'd', indent }, test.context);
    expect(JSON.parse(await test.read(file))).toEqual([{ a: 'x\ny', b: { c: [1] } }, { a: null }]);
  }
  const { file } = await exportJson({ dataset: 'e' }, test.context);
  expect(JSON.parse(await test.read(file))).toEqual([]);
});
