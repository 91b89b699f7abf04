import { createHash } from 'node:crypto';
import type { Row, Value } from './dataset.ts';
import { comparable, textOf } from './values.ts';

/**
 * A short key for the values of some columns, equal for rows that are to count as equal; undefined when all are missing.
 * Loosely, case, spaces and the notation of phone numbers do not count.
 */
export function rowKey(row: Row, columns: readonly string[], loose: boolean): string | undefined {
  const parts = columns.map((column) => (loose ? looseText(row[column]) : (textOf(row[column]) ?? '')));
  if (parts.every((part) => part === '')) return undefined;
  const joined = JSON.stringify(parts);
  return joined.length <= 32 ? joined : createHash('sha256').update(joined).digest('base64').slice(0, 24);
}

function looseText(value: Value | undefined): string {
  const text = comparable(value);
  const phone = /^[+(]?\d[\d\s()./+-]{5,}$/.test(text) && !/^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}$/.test(text);
  return phone ? text.replace(/^00/, '').replace(/\D/g, '') : text;
}
