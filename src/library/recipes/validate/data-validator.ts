import {
  counter,
  datasetRows,
  fillDataset,
  makeRow,
  previewRow,
  requireColumns,
  type DatasetContext,
  type Row,
} from '#shared/dataset.ts';
import type { DateOrder } from '#shared/dates.ts';
import { writeFileInPieces } from '#shared/file-writer.ts';
import { inferColumns } from '#shared/infer-columns.ts';
import { countryCode } from '#shared/phone.ts';
import { shownValue } from '#shared/values.ts';
import { inferRules } from './infer-rules.ts';
import { judgeOf, type Judge, type Rule } from './validation-rules.ts';

export interface ValidateDataInput {
  readonly dataset: string;
  readonly rules?: readonly Rule[];
  readonly defaultCountry?: string;
  readonly dateOrder?: DateOrder;
}

/** One value that breaks a rule. Rows count from 1. */
export interface ValidationError {
  row: number;
  column: string;
  value: string;
  reason: string;
}

export interface ValidateDataOutput {
  dataset: string;
  rows: number;
  validRows: number;
  rejectedRows: number;
  errorCount: number;
  errorsByRule: { column: string; check: string; count: number }[];
  errors: ValidationError[];
  rulesInferred: boolean;
  rules: Rule[];
  validDataset: string;
  rejectedDataset: string;
  report: string;
  preview: Row[];
}

const shownErrors = 20;

/** Judges every row; valid and rejected rows become datasets, all errors a report file. */
export async function validateData(args: ValidateDataInput, context: DatasetContext): Promise<ValidateDataOutput> {
  const country = countryCode(args.defaultCountry);
  const columns = await inferColumns(context, args.dataset);
  if (args.rules)
    requireColumns(
      new Set(columns.keys()),
      args.rules.map((rule) => rule.column),
    );
  const rules = args.rules ? [...args.rules] : inferRules(columns);
  const options = { dateOrder: args.dateOrder, ...(country && { country }) };
  const judged = rules.map((rule) => ({ rule, judge: judgeOf(rule, options), count: 0 }));
  const names = { valid: `${args.dataset.slice(0, 55)}_valid`, rejected: `${args.dataset.slice(0, 55)}_rejected` };
  const outcome: Outcome = { rows: 0, validRows: 0, errorCount: 0, errors: [], preview: [] };
  const report = await writeFileInPieces(context, `reports/${args.dataset}-validation.json`, async (write) => {
    await write(`{"dataset":${JSON.stringify(args.dataset)},"errors":[`);
    await fillDataset(context, names.valid, (addValid) =>
      fillDataset(context, names.rejected, async (addRejected) => {
        const count = counter(context, 'rows validated');
        for await (const row of datasetRows(context, args.dataset)) {
          count();
          outcome.rows += 1;
          const errors = judgeRow(row, outcome.rows, judged);
          for (const error of errors) await write(`${outcome.errorCount++ === 0 ? '' : ','}\n${JSON.stringify(error)}`);
          outcome.errors.push(...errors.slice(0, shownErrors - outcome.errors.length));
          if (errors.length > 0) await addRejected(withReasons(row, errors));
          else {
            outcome.validRows += 1;
            if (outcome.preview.length < 5) outcome.preview.push(previewRow(row));
            await addValid(row);
          }
        }
      }).then(() => undefined),
    );
    await write(`],\n"summary":${JSON.stringify(summary(outcome, judged))},\n"rules":${JSON.stringify(rules)}}\n`);
  });
  return {
    dataset: args.dataset,
    ...summary(outcome, judged),
    errors: outcome.errors,
    rulesInferred: args.rules === undefined,
    rules: rules.slice(0, 100),
    validDataset: names.valid,
    rejectedDataset: names.rejected,
    report: report.file,
    preview: outcome.preview,
  };
}

interface Outcome {
  rows: number;
  validRows: number;
  errorCount: number;
  readonly errors: ValidationError[];
  readonly preview: Row[];
}

interface JudgedRule {
  readonly rule: Rule;
  readonly judge: Judge;
  count: number;
}

function judgeRow(row: Row, number: number, judged: readonly JudgedRule[]): ValidationError[] {
  const errors: ValidationError[] = [];
  for (const each of judged) {
    const { column } = each.rule;
    const reason = each.judge(row[column], row, number);
    if (reason === undefined) continue;
    each.count += 1;
    errors.push({ row: number, column, value: shownValue(row[column]), reason });
  }
  return errors;
}

function withReasons(row: Row, errors: readonly ValidationError[]): Row {
  const rejected = makeRow(row);
  rejected['_errors'] = errors.map(({ column, reason }) => `${column} ${reason}`).join('; ');
  return rejected;
}

function summary(outcome: Outcome, judged: readonly JudgedRule[]) {
  const { rows, validRows, errorCount } = outcome;
  const errorsByRule = judged
    .filter((each) => each.count > 0)
    .map(({ rule, count }) => ({ column: rule.column, check: rule.check, count }));
  return { rows, validRows, rejectedRows: rows - validRows, errorCount, errorsByRule };
}
