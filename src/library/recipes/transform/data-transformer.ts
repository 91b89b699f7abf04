import { snakeColumn, uniqueNames } from '#shared/column-names.ts';
import {
  counter,
  datasetRows,
  fillDataset,
  makeRow,
  type DatasetContext,
  type DatasetResult,
} from '#shared/dataset.ts';
import type { DateOrder } from '#shared/dates.ts';
import { inferColumns, type ColumnFacts } from '#shared/infer-columns.ts';
import { countryCode } from '#shared/phone.ts';
import { shownValue } from '#shared/values.ts';
import { date, email, phone, tidy, type ConvertOptions } from './convert-value.ts';
import type { Problem, TransformStep } from './row-steps.ts';
import { converting, renaming, stepOf } from './transform-steps.ts';
import { type Operation } from './operation-parts.ts';

export interface TransformDataInput {
  readonly dataset: string;
  readonly operations?: readonly Operation[];
  readonly into?: string;
  readonly defaultCountry?: string;
  readonly dateOrder?: DateOrder;
}

export interface TransformDataOutput extends DatasetResult {
  rowsRead: number;
  standardised: { column: string; was: string; as: string }[];
  errorCount: number;
  errors: { row: number; column: string; value: string; reason: string }[];
}

const shownErrors = 50;

/** Changes each row in turn; a value that cannot be changed stays and is reported. */
export async function transformData(args: TransformDataInput, context: DatasetContext): Promise<TransformDataOutput> {
  const country = countryCode(args.defaultCountry);
  const options = { dateOrder: args.dateOrder, ...(country && { country }) };
  const facts = await inferColumns(context, args.dataset);
  const standard = args.operations === undefined || args.operations.length === 0;
  const steps = standard ? standardSteps(facts, options) : givenSteps(args.operations!, [...facts.keys()], options);
  const count = counter(context, 'rows transformed');
  const errors: TransformDataOutput['errors'] = [];
  let errorCount = 0;
  let rowsRead = 0;
  const problem: Problem = (column, value, reason) => {
    errorCount += 1;
    if (errors.length < shownErrors) errors.push({ row: rowsRead, column, value: shownValue(value), reason });
  };
  const into = args.into ?? `${args.dataset.slice(0, 58)}_clean`;
  const result = await fillDataset(
    context,
    into,
    async (add) => {
      for await (const row of datasetRows(context, args.dataset)) {
        count();
        rowsRead += 1;
        const changed = steps.reduce<typeof row | undefined>(
          (now, step) => now && step.apply(now, problem),
          makeRow(row),
        );
        if (changed) await add(changed);
      }
    },
    steps.at(-1)?.columns,
  );
  return { ...result, rowsRead, standardised: standard ? shownStandard(facts) : [], errorCount, errors };
}

function givenSteps(
  operations: readonly Operation[],
  columns: readonly string[],
  options: ConvertOptions,
): TransformStep[] {
  const steps: TransformStep[] = [];
  let all = columns;
  for (const operation of operations) {
    const step = stepOf(operation, all, options);
    all = step.columns;
    steps.push(step);
  }
  return steps;
}

/** Names of columns first, then spaces and empty words, then e-mails, phones and dates. */
function standardSteps(facts: ReadonlyMap<string, ColumnFacts>, options: ConvertOptions): TransformStep[] {
  const names = standardNames([...facts.keys()]);
  const all = [...names.values()];
  const meant = (meaning: string): string[] =>
    [...facts].filter(([, fact]) => fact.meaning === meaning).map(([column]) => names.get(column)!);
  return [
    renaming(names),
    converting(all, tidy, all),
    converting(meant('email'), email, all),
    converting(meant('phone'), phone(options), all),
    converting(meant('date'), date(options), all),
  ];
}

function standardNames(columns: readonly string[]): Map<string, string> {
  const names = uniqueNames(columns.map(snakeColumn));
  return new Map(columns.map((column, index) => [column, names[index]!]));
}

function shownStandard(facts: ReadonlyMap<string, ColumnFacts>): TransformDataOutput['standardised'] {
  return [...standardNames([...facts.keys()])]
    .slice(0, 100)
    .map(([was, column]) => ({ column, was, as: facts.get(was)?.meaning ?? 'text' }));
}
