import { Hono } from 'hono';
import { expect, it } from 'vitest';
import { rateGuard } from './rate.ts';

it('[SERVICE-6] lets 400 requests through at once and 200 a second after that; the others are told when to come again', async () => {
  let seconds = 0;
  const app = new Hono().use(rateGuard(() => seconds)).get('/', (c) => c.text('done'));
  const passed = async (count: number): Promise<number> => {
    const answers = await Promise.all(Array.from({ length: count }, () => app.request('/')));
    return answers.filter(({ status }) => status === 200).length;
  };
  expect(await passed(1000)).toBe(400);
  seconds = 0.5;
  expect(await passed(1000)).toBe(100);
  seconds = 3600;
  expect(await passed(1000)).toBe(400);
  const refused = await app.request('/');
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1']);
  expect(JSON.parse(await refused.text())).toMatchObject({
    error: { code: 'RATE_LIMITED', hint: expect.stringContaining('again') },
  });
});
