import { describe, expect, it } from 'vitest';
import { snakeColumn, uniqueNames } from './column-names.ts';
import { readDate } from './dates.ts';
import { readPhone } from './phone.ts';
import { booleanOf, numberOf } from './values.ts';

describe('numberOf', () => {
  it.each([
    ['1234.5', 1234.5],
    ['1,234.50', 1234.5],
    ['1.234,50', 1234.5],
    ["12'345", 12345],
    ['1 234 567', 1234567],
    ['€ 12.30', 12.3],
    ['-$5', -5],
    ['15 %', 15],
    ['1e3', 1000],
    ['1,234', 1234],
    ['12,5', 12.5],
    ['', null],
    ['12 pieces', null],
    ['1.2.3', null],
    ['0x10', null],
    ['NaN', null],
  ])('reads %j as %j', (text, expected) => expect(numberOf(text)).toBe(expected));
});

it('booleanOf reads common words', () => {
  expect(['yes', 'TRUE', 1, 'n', 'off', 'maybe'].map(booleanOf)).toEqual([true, true, true, false, false, null]);
});

describe('readDate', () => {
  it.each([
    ['2024-03-15', '2024-03-15'],
    ['15.03.2024', '2024-03-15'],
    ['03/15/2024', '2024-03-15'],
    ['15/3/24', '2024-03-15'],
    ['March 15th, 2024', '2024-03-15'],
    ['15-Mar-2024', '2024-03-15'],
    ['Sept. 5 2024', '2024-09-05'],
    ['20240315', '2024-03-15'],
    ['Fri, 15 Mar 2024 10:20:00 +0100', '2024-03-15'],
  ])('reads %s', (text, expected) => {
    const reading = readDate(text);
    expect('date' in reading && reading.date.toISODate()).toBe(expected);
  });

  it.each([
    ['03/04/2024', 'ambiguous'],
    ['31.02.2024', 'not a date of the calendar'],
    ['2024-13-01', 'not a date of the calendar'],
    ['soon', 'not a date that can be read'],
    ['', 'empty'],
  ])('refuses %j', (text, reason) => {
    const reading = readDate(text);
    expect('reason' in reading && reading.reason).toContain(reason);
  });

  it('takes the order that the caller knows', () => {
    const first = readDate('03/04/2024', 'day_first');
    const second = readDate('03/04/2024', 'month_first');
    expect('date' in first && first.date.month).toBe(4);
    expect('date' in second && second.date.month).toBe(3);
  });
});

it('readPhone reads any notation and says what is wrong', () => {
  expect(readPhone('0049 30 901820')).toEqual({ e164: '+4930901820' });
  expect(readPhone('(202) 555-0143', 'US')).toEqual({ e164: '+12025550143' });
  expect(readPhone('030 901820')).toEqual({ reason: expect.stringContaining('no country code') });
  expect(readPhone('call me', 'US')).toEqual({ reason: 'is not a phone number' });
});

it('column names become plain and unique', () => {
  expect(['E-Mail Address', 'customerID', 'Größe (cm)', '***'].map(snakeColumn)).toEqual([
    'e_mail_address',
    'customer_id',
    'größe_cm',
    'column',
  ]);
  expect(uniqueNames(['a', 'a', '', 'a'])).toEqual(['a', 'a_2', 'column_3', 'a_3']);
});
