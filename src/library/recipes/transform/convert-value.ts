import type { CountryCode } from 'libphonenumber-js';
import type { Row, Value } from '#shared/dataset.ts';
import { isoDate, readDate, type DateOrder } from '#shared/dates.ts';
import { isEmailAddress, normaliseEmail } from '#shared/email.ts';
import { readPhone, rowCountry } from '#shared/phone.ts';
import { booleanOf, numberOf, textOf } from '#shared/values.ts';

/** The new value, or why it cannot be made. */
export type Converted = { readonly value: Value } | { readonly reason: string };

export type Convert = (value: Value, row: Row) => Converted;

export interface ConvertOptions {
  readonly country?: CountryCode;
  readonly dateOrder?: DateOrder;
}

const emptyWords = /^(?:n\/a|#n\/a|null|nan|-{1,3})$/i;

/** Without outer spaces, with single spaces inside of a line; what is empty or says so becomes null. */
export const tidy: Convert = (value) => {
  if (typeof value !== 'string') return { value };
  const text = value
    .replace(/[\p{Cf}]/gu, (sign) => (sign === '\u200d' ? sign : ''))
    .replace(/[^\S\n]+/gu, ' ')
    .trim();
  return { value: text === '' || emptyWords.test(text) ? null : text };
};

/** Outer spaces away; an empty text stays one. */
export const trim: Convert = (value) => ({ value: typeof value === 'string' ? value.trim() : value });

export const email: Convert = present((text) => {
  const address = normaliseEmail(text);
  return isEmailAddress(address) ? { value: address } : { reason: 'is not an e-mail address' };
});

export function phone(options: ConvertOptions): Convert {
  return present((text, row) => {
    const reading = readPhone(text, rowCountry(row, options.country));
    return 'e164' in reading ? { value: reading.e164 } : reading;
  });
}

export function date(options: ConvertOptions): Convert {
  return present((text) => {
    const reading = readDate(text, options.dateOrder);
    return 'date' in reading ? { value: isoDate(reading) } : reading;
  });
}

/** Casts to `number`, `integer`, `boolean` or `text`; undefined for another word. */
export function castTo(type: string | undefined): Convert | undefined {
  if (type === 'text')
    return (value) => ({ value: value === null || typeof value === 'string' ? value : JSON.stringify(value) });
  if (type === 'boolean') return present((_text, _row, value) => found(booleanOf(value), 'is neither true nor false'));
  if (type === 'number') return present((_text, _row, value) => found(numberOf(value), 'is not a number'));
  if (type !== 'integer') return undefined;
  return present((_text, _row, value) => {
    const number = numberOf(value);
    return number !== null && Number.isSafeInteger(number) ? { value: number } : { reason: 'is not a whole number' };
  });
}

/** Changes to `lower`, `upper`, `title` or `sentence` case; undefined for another word. */
export function caseTo(style: string | undefined): Convert | undefined {
  const change = caseChanges[style ?? ''];
  return change && ((value) => ({ value: typeof value === 'string' ? change(value) : value }));
}

const caseChanges: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  title: (text) =>
    text
      .toLowerCase()
      .replace(/(^|[\s\-'’(])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase()),
  sentence: (text) => text.toLowerCase().replace(/\p{L}/u, (letter) => letter.toUpperCase()),
};

function present(convert: (text: string, row: Row, value: Value) => Converted): Convert {
  return (value, row) => {
    const text = textOf(value);
    return text === null ? { value: null } : convert(text, row, value);
  };
}

function found(value: Value, reason: string): Converted {
  return value === null ? { reason } : { value };
}
