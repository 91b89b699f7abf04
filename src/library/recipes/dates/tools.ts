import type { JsonSchema, RecipeTool } from '../../../spec/index.ts';
import { answer, choice, integer, object, readOnly, text } from '../../schema.ts';

const whole = (description: string): JsonSchema => ({ type: 'integer', description });
const spans = ['years', 'months', 'weeks', 'days', 'hours', 'minutes', 'seconds'];
const span: JsonSchema = {
  ...object(
    Object.fromEntries(
      spans.map((unit) => [unit, integer(`${unit} to add; negative to go back.`, -1_000_000, 1_000_000)]),
    ),
  ),
  description: 'Span to add, in the zone of the result.',
  minProperties: 1,
};

const difference: JsonSchema = {
  ...answer({
    years: whole('Full years.'),
    months: whole('Months beside them.'),
    days: whole('Days beside them.'),
    hours: whole('Hours beside them.'),
    minutes: whole('Minutes beside them.'),
    seconds: whole('Seconds beside them.'),
    totalDays: { type: 'number', description: 'All of it in days.' },
    totalSeconds: whole('All of it in seconds.'),
  }),
  type: ['object', 'null'],
  description: 'Span from the result to until; negative when until is earlier; null without until.',
};

export const dateConverter: RecipeTool = {
  name: 'date_converter',
  title: 'Convert dates',
  description:
    'Reads a date and time in many notations, converts it to another time zone, adds or takes away a span, formats it, and tells the difference to another date. Knows daylight saving. Returns ISO 8601, weekday, week and Unix time. Does not know holidays and keeps no calendar.',
  vocabulary: {
    phrases: [
      'convert date',
      'convert time zone',
      'time zone',
      'timezone',
      'time difference',
      'date difference',
      'days between',
      'add days',
      'subtract days',
      'date arithmetic',
      'date calculation',
      'parse date',
      'format date',
      'unix timestamp',
      'epoch time',
      'iso 8601',
      'what time is it in',
      'local time',
      'utc to',
      'daylight saving',
      'age calculation',
      'week number',
      'deadline calculation',
      'date string', 'iso date', 'day of week', 'calendar week', 'working days', 'business days', 'how many days', 'number of days between', 'leap year', 'convert times', 'convert timestamps', 'timestamp to', 'parse timestamps', 'epoch', 'utc', 'time zones', 'between time zones', 'add weeks', 'in which time zone', 'unix time', 'age in years', 'how old', 'days until', 'days left', 'date in another', 'iso week', 'tokyo time', 'london time', 'york time', 'berlin time', 'paris time', 'sydney time', 'utc time', 'in gmt', 'to utc', 'into utc', 'local time in', 'time in tokyo', 'time in london', 'another timezone', 'different timezones', 'convert time', 'convert between timezones', 'week of the year', 'which weekday', 'what weekday', 'what day of week', 'days between dates', 'date math', 'add hours', 'minus days', 'months between', 'years between', 'next business day', 'human date', 'from epoch', 'rfc 3339', 'cet', 'pst', 'est to', 'years and days', 'add minutes', 'born on', 'from unix', 'timestamps in seconds', 'readable dates', 'readable date', 'local times', 'into local time', 'days from a date', '90 days from', 'days from date', 'dd mm yyyy',],
    verbs: [
      'convert',
      'calculate',
      'compute',
      'add',
      'subtract',
      'parse',
      'format',
      'shift',
      'translate',
      'determine',
      'work out', 'plus', 'minus', 'reschedule',],
    objects: [
      'date',
            'time zone',
      'timestamp',
      'deadline',
      'due date',
      'age',
                  'meeting time',
      'epoch',
      'utc',
      'duration',
      'weekday',
      'business hours', 'clocktime', 'datevalue', 'timestamps', 'appointment times', 'dates', 'summer time', 'winter time', 'business days', 'working days', 'local time', 'renewal date', 'due dates', 'birth date', 'gmt', 'time zones', 'leap year', 'daylight', 'calendar week', 'start date', 'end date', 'start time',],
    not: [
      'update',
      'schedule job',
      'calendar event',
      'reminder',
      'up to date',
      'date column',
      'birthday mail',
      'dating',
    ],
  },
  input: object(
    {
      date: text(
        'Date to start from, for example 2024-03-15T14:30, 15.03.2024, March 15, 2024, a Unix time, or now.',
        100,
        { minLength: 1 },
      ),
      inputFormat: text('Format of the date when it is unusual, for example yyyy/dd/MM HH:mm.', 100, { minLength: 1 }),
      fromZone: text('Zone of dates that name none, for example Europe/Berlin or UTC+2; UTC by default.', 64, {
        minLength: 1,
      }),
      toZone: text('Zone of the result; the one of the date by default.', 64, { minLength: 1 }),
      dateOrder: choice(
        'How to read dates such as 03/04/2024; with auto these are refused.',
        ['auto', 'day_first', 'month_first'],
        'auto',
      ),
      add: span,
      until: text('Second date, for the difference from the result to it.', 100, { minLength: 1 }),
      format: text(
        'Format of the result, for example yyyy-MM-dd HH:mm or cccc, d LLLL yyyy; a long form by default.',
        100,
        { minLength: 1 },
      ),
      language: text('Language for names of days and months, for example en, de or fr.', 35, { minLength: 2 }),
    },
    ['date'],
  ),
  output: answer({
    iso: { type: 'string', description: 'Result in ISO 8601 with its offset.' },
    formatted: { type: 'string', description: 'Result in the format asked for.' },
    zone: { type: 'string', description: 'Its time zone.' },
    offset: { type: 'string', description: 'Its offset from UTC.' },
    daylightSaving: { type: 'boolean', description: 'Whether daylight saving is in force then.' },
    weekday: { type: 'string', description: 'Its weekday.' },
    isoWeek: whole('Its week after ISO 8601.'),
    dayOfYear: whole('Its day of the year.'),
    unixSeconds: whole('Its Unix time in seconds.'),
    utc: { type: 'string', description: 'The same moment in UTC.' },
    difference,
  }),
  annotations: readOnly,
  examples: [
    {
      arguments: {
        date: '2024-03-30T12:00',
        fromZone: 'Europe/Berlin',
        add: { days: 1 },
        until: '2024-04-15T12:00',
        format: 'yyyy-MM-dd HH:mm',
      },
      expect: {
        equals: {
          iso: '2024-03-31T12:00:00+02:00',
          formatted: '2024-03-31 12:00',
          zone: 'Europe/Berlin',
          offset: '+02:00',
          daylightSaving: true,
          weekday: 'Sunday',
          isoWeek: 13,
          dayOfYear: 91,
          unixSeconds: 1711879200,
          utc: '2024-03-31T10:00:00Z',
          difference: {
            years: 0,
            months: 0,
            days: 15,
            hours: 0,
            minutes: 0,
            seconds: 0,
            totalDays: 15,
            totalSeconds: 1296000,
          },
        },
      },
    },
    {
      arguments: { date: '2024-01-01T00:00Z', toZone: 'Asia/Tokyo' },
      expect: { contains: '2024-01-01T09:00:00+09:00' },
    },
    { arguments: { date: '2024-01-01', toZone: 'Mars/Base' }, expect: { isError: true } },
  ],
  handler: { module: 'date-converter.ts', export: 'convertDate' },
  uses: [],
};
