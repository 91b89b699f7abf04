import { describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext } from '../../testing.ts';
import { convertDate, type ConvertDateInput } from './date-converter.ts';
import { dates } from './index.ts';

recipeConformance(dates);

async function convert(args: ConvertDateInput) {
  const test = await makeTestContext();
  try {
    return await convertDate(args, test.context);
  } finally {
    await test.dispose();
  }
}

describe('date_converter', () => {
  it('knows daylight saving: a day has 23 hours when the clock goes forward', async () => {
    const args = { date: '2024-03-30T12:00', fromZone: 'Europe/Berlin' };
    expect((await convert({ ...args, add: { days: 1 } })).iso).toBe('2024-03-31T12:00:00+02:00');
    expect((await convert({ ...args, add: { hours: 24 } })).iso).toBe('2024-03-31T13:00:00+02:00');
  });

  it('tells the difference in both directions', async () => {
    const { difference } = await convert({ date: '2024-02-28', until: '2024-03-01T06:30' });
    expect(difference).toMatchObject({ days: 2, hours: 6, minutes: 30, totalSeconds: 196_200 });
    expect((await convert({ date: '2024-03-02', until: '2024-03-01' })).difference).toMatchObject({
      days: -1,
      totalDays: -1,
    });
  });

  it('reads Unix times, unusual formats and other languages', async () => {
    expect((await convert({ date: '1711879200' })).utc).toBe('2024-03-31T10:00:00Z');
    expect((await convert({ date: '2024/31/03', inputFormat: 'yyyy/dd/MM' })).iso).toBe('2024-03-31T00:00:00Z');
    expect((await convert({ date: '2024-03-31', language: 'de', format: 'cccc, d. LLLL' })).formatted).toBe(
      'Sonntag, 31. März',
    );
  });

  it.each([
    [{ date: '03/04/2024' }, 'ambiguous'],
    [{ date: 'whenever' }, 'not a date'],
    [{ date: '2024-01-01', fromZone: 'Mars/Base' }, 'not a time zone'],
    [{ date: '2024-01-01', inputFormat: 'HH' }, 'does not fit'],
    [{ date: '2024-01-01', add: { years: 9_000 } }, 'outside of the years'],
  ])('refuses %j', async (args, message) => {
    await expect(convert(args)).rejects.toThrow(message);
  });
});
