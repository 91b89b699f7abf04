import { ToolError } from '#runtime/errors.ts';
import { countGauge, sumGauge, medianGauge, extremeGauge, distinctGauge } from './gauges.ts';
import type { Gauge, Held } from './gauges.ts';

/** One figure to work out for each group. */
export interface Measure {
  readonly operation: 'count' | 'sum' | 'average' | 'minimum' | 'maximum' | 'median' | 'distinct';
  readonly column?: string;
  readonly as?: string;
}

/** Name of a measure's column in the answer: `sum_total`, or what the caller chose. */
export function measureName(measure: Measure): string {
  return measure.as ?? (measure.column === undefined ? 'count' : `${measure.operation}_${measure.column}`);
}

export function makeGauge(measure: Measure, held: Held): Gauge {
  const { operation, column } = measure;
  if (operation === 'count') return countGauge(column);
  if (column === undefined) throw new ToolError(`${operation} needs a column.`, 'Add the column to the measure.');
  if (operation === 'distinct') return distinctGauge(column, held);
  if (operation === 'minimum' || operation === 'maximum') return extremeGauge(column, operation === 'minimum');
  return operation === 'median' ? medianGauge(column, held) : sumGauge(column, operation === 'average');
}
