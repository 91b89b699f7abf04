import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { processCsv } from './recipes/csv/csv-processor.ts';
import { exportJson } from './recipes/json/json-exporter.ts';
import { transformData } from './recipes/transform/data-transformer.ts';
import { validateData } from './recipes/validate/data-validator.ts';
import { makeTestContext, type TestContext } from './testing.ts';

const customers = readFileSync(new URL('../../examples/customers.csv', import.meta.url), 'utf8');
let test: TestContext;

beforeAll(async () => {
  test = await makeTestContext({ files: { 'customers.csv': customers } });
});
afterAll(() => test.dispose());

it('[RECIPES-DATA-14] reads, validates, standardises and exports the example customers, one tool after another', async () => {
  const { context } = test;
  const read = await processCsv({ path: 'customers.csv' }, context);
  expect(read).toMatchObject({ dataset: 'customers', rows: 24, problemCount: 0, notes: [] });

  const validated = await validateData({ dataset: read.dataset }, context);
  expect(validated).toMatchObject({ rows: 24, validRows: 13, rejectedRows: 11, errorCount: 11, rulesInferred: true });

  const cleaned = await transformData({ dataset: validated.validDataset, into: 'customers_clean' }, context);
  expect(cleaned).toMatchObject({ rows: 13, errorCount: 0 });

  const exported = await exportJson({ dataset: cleaned.dataset, path: 'exports/customers.json' }, context);
  const rows = JSON.parse(await test.read(exported.file)) as Record<string, string>[];
  expect(rows).toHaveLength(13);
  expect(rows[1]).toEqual({
    customer_id: 'C-1002',
    full_name: 'Marcus Webb',
    email_address: 'marcus.webb@example.com',
    phone_number: '+12025550143',
    country: 'USA',
    signup_date: '2024-03-25',
    city: 'Washington',
    notes: 'Prefers e-mail, not phone',
  });
  for (const row of rows) {
    expect(row['phone_number']).toMatch(/^\+\d{8,15}$/);
    expect(row['signup_date']).toMatch(/^2024-\d{2}-\d{2}$/);
  }
});

it('[RECIPES-DATA-7] writes a report that lists every error with row, column, value and reason', async () => {
  const report = JSON.parse(await test.read('reports/customers-validation.json')) as {
    errors: object[];
    summary: { errorCount: number };
  };
  expect(report.summary.errorCount).toBe(11);
  expect(report.errors).toHaveLength(11);
  expect(report.errors).toContainEqual({
    row: 9,
    column: 'Phone Number',
    value: '+1 416 555',
    reason: 'is not a valid phone number',
  });
  expect(report.errors).toContainEqual({
    row: 11,
    column: 'Customer ID',
    value: 'C-1002',
    reason: 'repeats the value of row 2',
  });
});
