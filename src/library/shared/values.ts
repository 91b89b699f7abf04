import type { Value } from './dataset.ts';

/** A value as text; null for what is missing, also for text of spaces only. */
export function textOf(value: Value | undefined): string | null {
  if (value === null || value === undefined) return null;
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  return text === '' ? null : text;
}

const plain = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?$/i;
const grouped = /^[+-]?\d{1,3}(?:([,' \u00a0\u202f])\d{3})(?:\1\d{3})*(?:\.\d+)?$/;
const commaDecimal = /^[+-]?(?:\d+|\d{1,3}(?:[. ']\d{3})+),\d+$/;

/**
 * A number from a number or a text: `1234.5`, `1,234.50`, `1.234,50`, `€ 12.30`, `15 %` (15).
 * Null when it is none. A comma before exactly three digits separates thousands.
 */
export function numberOf(value: Value | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.length > 60) return null;
  const text = value.replace(/^[\s\p{Sc}]+|[\s\p{Sc}%]+$/gu, '').replace(/^([+-])\s*\p{Sc}\s*/u, '$1');
  if (plain.test(text)) return finite(Number(text));
  if (grouped.test(text)) return finite(Number(text.replace(/[,' \u00a0\u202f]/g, '')));
  if (commaDecimal.test(text)) return finite(Number(text.replace(/[. ']/g, '').replace(',', '.')));
  return null;
}

/** A truth value from common words; null when it is none. */
export function booleanOf(value: Value | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === 1 || (typeof word === 'string' && /^(true|yes|y|on|1)$/.test(word))) return true;
  if (word === 0 || (typeof word === 'string' && /^(false|no|n|off|0)$/.test(word))) return false;
  return null;
}

/** Text for comparing: Unicode form, case and runs of spaces do not count. */
export function comparable(value: Value | undefined): string {
  return (textOf(value) ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** A value cut for reports. */
export function shownValue(value: Value | undefined): string {
  const text = textOf(value) ?? '';
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
