import { afterEach, describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext, type TestContext } from '../../testing.ts';
import { transformData, type TransformDataInput } from './data-transformer.ts';
import { transform } from './index.ts';
import type { Operation } from './operation-parts.ts';

recipeConformance(transform);

let test: TestContext | undefined;
afterEach(() => test?.dispose());

async function change(
  rows: readonly object[],
  operations?: readonly Operation[],
  more: Partial<TransformDataInput> = {},
) {
  test = await makeTestContext({
    files: { 'datasets/d.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
  });
  return transformData({ dataset: 'd', ...(operations && { operations }), ...more }, test.context);
}

describe('data_transformer', () => {
  it('[RECIPES-DATA-10] standardises without being told how', async () => {
    const result = await change([
      {
        'Lead Name': ' Ana   Silva ',
        eMail: 'Ana <ANA@Example.com>',
        'Mobile No.': '0049 30 901820',
        joinedOn: 'March 5, 2024',
        Note: 'N/A',
      },
      {
        'Lead Name': 'Bo',
        eMail: 'bo@example.com',
        'Mobile No.': '+1 202-555-0143',
        joinedOn: '2024-03-06',
        Note: 'x\ny',
      },
    ]);
    expect(result.preview).toEqual([
      {
        lead_name: 'Ana Silva',
        e_mail: 'ana@example.com',
        mobile_no: '+4930901820',
        joined_on: '2024-03-05',
        note: null,
      },
      { lead_name: 'Bo', e_mail: 'bo@example.com', mobile_no: '+12025550143', joined_on: '2024-03-06', note: 'x\ny' },
    ]);
  });

  it('makes changes in order, each on what the one before left', async () => {
    const result = await change(
      [
        { First: 'ana maria', last: "o'brien", price: '1.234,50', paid: 'yes', sku: 'A-1-B' },
        { First: 'bo', last: null, price: '?', paid: 'no', sku: 'C' },
      ],
      [
        { operation: 'rename', columns: ['First'], to: 'first' },
        { operation: 'case', columns: ['first', 'last'], to: 'title' },
        { operation: 'cast', columns: ['price'], to: 'number' },
        { operation: 'cast', columns: ['paid'], to: 'boolean' },
        { operation: 'replace', columns: ['sku'], find: '-', value: '' },
        { operation: 'fill', columns: ['last'], value: 'unknown' },
        { operation: 'template', to: 'label', value: '{first} {last}: {sku}' },
        { operation: 'derive', to: 'gross', expression: 'round(price * 1.19, 2)' },
        { operation: 'drop', columns: ['first', 'last', 'sku'] },
      ],
    );
    expect(result.preview).toEqual([
      { price: 1234.5, paid: true, label: "Ana Maria O'Brien: A1B", gross: 1469.06 },
      { price: '?', paid: false, label: 'Bo unknown: C', gross: null },
    ]);
    expect(result.errors).toEqual([
      { row: 2, column: 'price', value: '?', reason: 'is not a number' },
      { row: 2, column: 'gross', value: '', reason: '“?” is not a number' },
    ]);
  });

  it('filters rows and never touches the original', async () => {
    const rows = [{ n: 1 }, { n: 5 }, { n: 9 }];
    const result = await change(rows, [{ operation: 'filter', expression: 'n >= 5' }], { into: 'large' });
    expect(result).toMatchObject({ dataset: 'large', rowsRead: 3, rows: 2 });
    expect(await test!.read('datasets/d.jsonl')).toBe('{"n":1}\n{"n":5}\n{"n":9}\n');
  });

  it('can replace a dataset by its own change', async () => {
    const result = await change([{ n: ' a ' }], [{ operation: 'trim' }], { into: 'd' });
    expect(result.preview).toEqual([{ n: 'a' }]);
    expect(await test!.read('datasets/d.jsonl')).toBe('{"n":"a"}\n');
  });

  it('[RECIPES-DATA-5] renames to and from __proto__ without harm', async () => {
    const result = await change([{ a: 'x' }], [{ operation: 'rename', columns: ['a'], to: '__proto__' }]);
    expect(await test!.read(result.file)).toBe('{"__proto__":"x"}\n');
  });

  it.each<[Operation, string]>([
    [{ operation: 'rename', columns: ['a'], to: 'b' }, 'a column “b” already'],
    [{ operation: 'drop', columns: ['zz'] }, 'no column “zz”'],
    [{ operation: 'cast', columns: ['a'], to: 'elephant' }, 'number, integer, boolean or text'],
    [{ operation: 'derive', to: 'c', expression: 'zz + 1' }, 'no column “zz”'],
    [{ operation: 'derive', to: 'c' }, 'derive needs “expression”'],
    [{ operation: 'keep' }, 'keep needs columns'],
    [{ operation: 'template', to: 'c', value: '{zz}' }, 'no column “zz”'],
  ])('refuses %j before anything is written', async (operation, message) => {
    await expect(change([{ a: 1, b: 2 }], [operation])).rejects.toThrow(message);
    expect(await test!.context.folders.list('datasets')).toEqual(['d.jsonl']);
  });
});
