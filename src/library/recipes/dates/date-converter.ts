import { DateTime, IANAZone, type DurationLikeObject } from 'luxon';
import type { ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import { readDate, type DateOrder } from '#shared/dates.ts';

export interface ConvertDateInput {
  readonly date: string;
  readonly inputFormat?: string;
  readonly fromZone?: string;
  readonly toZone?: string;
  readonly dateOrder?: DateOrder;
  readonly add?: DurationLikeObject;
  readonly until?: string;
  readonly format?: string;
  readonly language?: string;
}

export interface ConvertDateOutput {
  iso: string;
  formatted: string;
  zone: string;
  offset: string;
  daylightSaving: boolean;
  weekday: string;
  isoWeek: number;
  dayOfYear: number;
  unixSeconds: number;
  utc: string;
  difference: DateDifference | null;
}

export interface DateDifference {
  years: number;
  months: number;
  days: number;
  hours: number;
  minutes: number;
  seconds: number;
  totalDays: number;
  totalSeconds: number;
}

const partNames = ['years', 'months', 'days', 'hours', 'minutes', 'seconds'] as const;

/** Reads a date, moves it to a zone, adds a span, and tells the difference to another date. */
export async function convertDate(args: ConvertDateInput, _context: ToolContext): Promise<ConvertDateOutput> {
  const fromZone = zoneOf(args.fromZone ?? 'utc', 'fromZone');
  const toZone = args.toZone === undefined ? undefined : zoneOf(args.toZone, 'toZone');
  const start = read(args.date, args, fromZone);
  const moved = toZone === undefined ? start : start.setZone(toZone);
  // Days and months are added in the zone that is asked for: there a day may have 23 hours.
  const date = args.add === undefined ? moved : moved.plus(args.add);
  if (!date.isValid || date.year < 1 || date.year > 9999)
    throw new ToolError('The result lies outside of the years 1 to 9999.', 'Add a smaller span.');
  const locale = localeOf(args.language);
  return {
    iso: date.toISO({ suppressMilliseconds: true }),
    formatted:
      args.format === undefined
        ? date.setLocale(locale).toLocaleString(DateTime.DATETIME_FULL)
        : date.setLocale(locale).toFormat(args.format),
    zone: date.zoneName ?? 'UTC',
    offset: date.toFormat('ZZ'),
    daylightSaving: date.isInDST,
    weekday: date.setLocale(locale).toFormat('cccc'),
    isoWeek: date.weekNumber,
    dayOfYear: date.ordinal,
    unixSeconds: Math.floor(date.toSeconds()),
    utc: date.toUTC().toISO({ suppressMilliseconds: true }),
    difference: args.until === undefined ? null : differenceOf(date, read(args.until, args, fromZone)),
  };
}

function read(text: string, args: ConvertDateInput, zone: string): DateTime<true> {
  if (/^now$/i.test(text.trim())) return DateTime.now().setZone(zone) as DateTime<true>;
  if (args.inputFormat !== undefined) {
    const date = DateTime.fromFormat(text.trim(), args.inputFormat, {
      zone,
      setZone: true,
      locale: localeOf(args.language),
    });
    if (date.isValid) return date;
    throw new ToolError(
      `“${text.slice(0, 80)}” does not fit the format ${args.inputFormat.slice(0, 80)}.`,
      'Use tokens such as yyyy-MM-dd HH:mm, or leave inputFormat out.',
    );
  }
  if (/^\d{9,10}$/.test(text.trim())) return DateTime.fromSeconds(Number(text), { zone }) as DateTime<true>;
  if (/^\d{12,13}$/.test(text.trim())) return DateTime.fromMillis(Number(text), { zone }) as DateTime<true>;
  const reading = readDate(text, args.dateOrder, zone);
  if ('date' in reading) return reading.date;
  throw new ToolError(
    `“${text.slice(0, 80)}” ${reading.reason}.`,
    'Write it as 2024-03-15T14:30, or give dateOrder or inputFormat.',
  );
}

function zoneOf(name: string, argument: string): string {
  if (/^(utc|gmt|z)$/i.test(name)) return 'utc';
  if (/^utc[+-]\d{1,2}(:\d{2})?$/i.test(name) || IANAZone.isValidZone(name)) return name;
  throw new ToolError(
    `${argument} “${name.slice(0, 80)}” is not a time zone.`,
    'Use a name such as Europe/Berlin, or UTC+2.',
  );
}

function localeOf(language: string | undefined): string {
  try {
    return language === undefined ? 'en' : (Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? 'en');
  } catch {
    return 'en';
  }
}

function differenceOf(from: DateTime<true>, until: DateTime<true>): DateDifference {
  const parts = until.setZone(from.zone).diff(from, [...partNames]);
  const totalSeconds = Math.round(until.diff(from).as('seconds'));
  const whole = Object.fromEntries(partNames.map((part) => [part, Math.trunc(parts.get(part))]));
  return {
    ...(whole as Omit<DateDifference, 'totalDays' | 'totalSeconds'>),
    totalDays: Math.round((totalSeconds / 86_400) * 100) / 100,
    totalSeconds,
  };
}
