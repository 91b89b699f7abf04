import { afterEach, describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext, type TestContext } from '../../testing.ts';
import { validateData, type ValidateDataInput } from './data-validator.ts';
import { validate } from './index.ts';
import type { Rule } from './validation-rules.ts';

recipeConformance(validate);

let test: TestContext | undefined;
afterEach(() => test?.dispose());

async function check(rows: readonly object[], args: Partial<ValidateDataInput> = {}) {
  test = await makeTestContext({
    files: { 'datasets/d.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
  });
  return validateData({ dataset: 'd', ...args }, test.context);
}

describe('data_validator', () => {
  it('[RECIPES-DATA-8] infers rules from names and values, in other words and trades', async () => {
    const result = await check([
      { patient_id: 'P1', contact: 'ana@example.com', Telefon: '+49 30 901820', admitted_on: '2024-01-02', ward: 'A' },
      { patient_id: 'P2', contact: 'bo@example.com', Telefon: '+49 30 901821', admitted_on: '02.01.2024', ward: 'A' },
      { patient_id: 'P2', contact: 'eve@example.com', Telefon: '123', admitted_on: 'soon', ward: 'B' },
      { patient_id: 'P4', contact: 'kim@example.com', Telefon: null, admitted_on: null, ward: null },
      { patient_id: 'P5', contact: 'lee@example.com', Telefon: null, admitted_on: null, ward: null },
    ]);
    expect(result.rules).toEqual(
      expect.arrayContaining([
        { column: 'patient_id', check: 'unique' },
        { column: 'contact', check: 'email' },
        { column: 'Telefon', check: 'phone' },
        { column: 'admitted_on', check: 'date' },
      ]),
    );
    expect(result.errors.map(({ row, column }) => `${row} ${column}`)).toEqual([
      '3 patient_id',
      '3 Telefon',
      '3 admitted_on',
    ]);
    expect(await test!.read('datasets/d_rejected.jsonl')).toContain(
      '"_errors":"patient_id repeats the value of row 2;',
    );
  });

  it('[RECIPES-DATA-8] infers no rule that the data as a whole does not fit', async () => {
    const result = await check([
      { order_id: 1, customer_id: 7, day: 'Monday', mail: 'by post' },
      { order_id: 2, customer_id: 7, day: 'Friday', mail: 'by ship' },
      { order_id: 3, customer_id: 7, day: 'Monday', mail: 'by air' },
    ]);
    expect(result).toMatchObject({ errorCount: 0, validRows: 3 });
  });

  it.each<[Omit<Rule, 'column'>, unknown, string | undefined]>([
    [{ check: 'required' }, '  ', 'is missing'],
    [{ check: 'email' }, ' Ana@Example.com ', undefined],
    [{ check: 'email' }, 'a@b@example.com', 'more than one @'],
    [{ check: 'url' }, 'https://example.com/a?b=1', undefined],
    [{ check: 'url' }, 'javascript:alert(1)', 'is not a web address'],
    [{ check: 'date' }, '2024-02-30', 'not a date of the calendar'],
    [{ check: 'number' }, '1,234.50', undefined],
    [{ check: 'integer' }, '1.5', 'is not a whole number'],
    [{ check: 'range', minimum: 0, maximum: 10 }, '11', 'is more than 10'],
    [{ check: 'range', minimum: 0 }, -1, 'is less than 0'],
    [{ check: 'length', maximum: 3 }, 'Zoë!', 'has 4 characters, more than 3'],
    [{ check: 'pattern', pattern: '^\\d{5}$' }, '1234', 'does not match'],
    [{ check: 'one_of', values: ['Open', 'Closed'] }, 'open', undefined],
    [{ check: 'one_of', values: ['Open', 'Closed'] }, 'lost', 'is none of Open, Closed'],
    [{ check: 'email' }, null, undefined],
  ])('judges %j of %j', async (rule, value, reason) => {
    const result = await check([{ c: value }], { rules: [{ column: 'c', ...rule }] });
    if (reason === undefined) expect(result.errorCount).toBe(0);
    else expect(result.errors[0]).toMatchObject({ row: 1, column: 'c', reason: expect.stringContaining(reason) });
  });

  it('[RECIPES-DATA-7] counts all errors, answers with the first 20 and reports every one', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => ({ n: index }));
    const result = await check(rows, { rules: [{ column: 'n', check: 'range', maximum: 99 }] });
    expect(result).toMatchObject({ rows: 500, validRows: 100, rejectedRows: 400, errorCount: 400 });
    expect(result.errors).toHaveLength(20);
    const report = JSON.parse(await test!.read(result.report)) as { errors: unknown[] };
    expect(report.errors).toHaveLength(400);
    expect(report.errors.at(-1)).toEqual({ row: 500, column: 'n', value: '499', reason: 'is more than 99' });
  });

  it('uses the default country, and the country of the row before it', async () => {
    const rows = [
      { phone: '030 901820', country: 'Germany' },
      { phone: '(202) 555-0143', country: null },
    ];
    const rules: Rule[] = [{ column: 'phone', check: 'phone' }];
    expect((await check(rows, { rules, defaultCountry: 'us' })).errorCount).toBe(0);
    await test?.dispose();
    expect((await check(rows, { rules })).errors).toEqual([
      expect.objectContaining({ row: 2, reason: expect.stringContaining('default country') }),
    ]);
  });

  it('says which rule lacks what', async () => {
    await expect(check([{ c: 1 }], { rules: [{ column: 'c', check: 'pattern' }] })).rejects.toThrow('needs pattern');
    await test?.dispose();
    await expect(check([{ c: 1 }], { defaultCountry: 'ZZ' })).rejects.toThrow('not a country code');
  });
});
