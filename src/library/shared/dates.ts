import { DateTime } from 'luxon';

/** How a date such as 03/04/2024 is meant. */
export type DateOrder = 'auto' | 'day_first' | 'month_first';

/** Either the moment with whether a time of day was given, or why it is no date. */
export type DateReading = { readonly date: DateTime<true>; readonly hasTime: boolean } | { readonly reason: string };

const named = ['d LLLL yyyy', 'd LLL yyyy', 'LLLL d yyyy', 'LLL d yyyy', 'd-LLL-yyyy', 'd LLL yy', 'd-LLL-yy'];
/** Trying formats is slow: only a text with an English month can fit one of them. */
const month = /(?:^|[^a-z])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i;
const numeric = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?)\s*(am|pm)?)?$/i;

/**
 * Reads a date in ISO 8601, RFC 2822, numeric notations with . / or -, or with an English month name.
 * With `auto`, a numeric date is taken only if one reading is possible; with dots the day stands first.
 * Years reach from 1000 to 9999; `zone` is used where the text names none.
 */
export function readDate(given: string, order: DateOrder = 'auto', zone = 'utc'): DateReading {
  const text = given.trim().slice(0, 100);
  if (text === '') return { reason: 'is empty' };
  const parts = numeric.exec(text);
  if (parts) return readNumeric(parts, order, zone);
  if (/^\d{4}-?\d{2}/.test(text) || /^\d{4}-W/.test(text))
    return known(DateTime.fromISO(text.replace(' ', 'T'), { zone, setZone: true }), /[T ]\d/.test(text));
  const slashed = /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text);
  if (slashed)
    return known(DateTime.fromObject({ year: +slashed[1]!, month: +slashed[2]!, day: +slashed[3]! }, { zone }), false);
  if (!month.test(text)) return { reason: 'is not a date that can be read' };
  const plain = text
    .replace(/(\d)(st|nd|rd|th)\b/i, '$1')
    .replace(/\bsept\b/i, 'Sep')
    .replaceAll(',', '')
    .replace(/\.(?=\s)/g, '')
    .replace(/\s+/g, ' ');
  for (const format of named) {
    const date = DateTime.fromFormat(plain, format, { zone, locale: 'en' });
    if (date.isValid) return known(date, false);
  }
  const mail = DateTime.fromRFC2822(text, { zone, setZone: true });
  return mail.isValid ? known(mail, true) : { reason: 'is not a date that can be read' };
}

function readNumeric(parts: RegExpExecArray, order: DateOrder, zone: string): DateReading {
  const [, first = '', separator, second = '', yearText = '', clock, half] = parts;
  const [a, b] = [Number(first), Number(second)];
  const dayFirst = separator === '.' || order === 'day_first' || a > 12 || (order === 'auto' && a === b);
  const monthFirst = !dayFirst && (order === 'month_first' || b > 12);
  if (!dayFirst && !monthFirst) return { reason: 'is ambiguous: day or month may stand first' };
  const year = yearText.length === 4 ? Number(yearText) : Number(yearText) + (Number(yearText) < 70 ? 2000 : 1900);
  const [day, month] = dayFirst ? [a, b] : [b, a];
  const time = clock ? readClock(clock, half) : { hour: 0, minute: 0, second: 0 };
  return known(DateTime.fromObject({ year, month, day, ...time }, { zone }), clock !== undefined);
}

function readClock(clock: string, half: string | undefined): { hour: number; minute: number; second: number } {
  const [hour = 0, minute = 0, second = 0] = clock.split(':').map(Number);
  if (half === undefined) return { hour, minute, second };
  return { hour: (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0), minute, second };
}

function known(date: DateTime, hasTime: boolean): DateReading {
  if (!date.isValid) return { reason: 'is not a date of the calendar' };
  if (date.year < 1000 || date.year > 9999) return { reason: 'has a year outside of 1000 to 9999' };
  return { date: date as DateTime<true>, hasTime };
}

/** ISO 8601 of a reading: the date alone, or with the time in its zone. */
export function isoDate(reading: { readonly date: DateTime<true>; readonly hasTime: boolean }): string {
  if (!reading.hasTime) return reading.date.toISODate();
  return reading.date.toISO({ suppressMilliseconds: true });
}
