import { expect, it } from 'vitest';
import { readApart, readRequest } from './index.ts';

const document = 'openapi: 3.1.0\ninfo: {title: Pets, version: "1"}\npaths: {/a: {get: {}}}\n';
const overlay = (target: string, count: number): string => {
  const action = `- target: "${target}"\n  update: {x-a: 1}\n`;
  return `overlay: 1.0.0\ninfo: {title: a, version: "1"}\nactions:\n${action.repeat(count)}`;
};
const limits = { milliseconds: 20_000, megabytes: 500 };

it('[OPENAPI-READ-4] reads a large document as any other, while the process goes on with its work', async () => {
  const large = `${document}x-many:\n${'- 1\n'.repeat(1_250_000)}`;
  let turns = 0;
  const other = setInterval(() => (turns += 1), 10);
  const read = await readApart(large, {}, limits);
  clearInterval(other);
  expect(turns).toBeGreaterThan(10);
  expect(read).toEqual(readRequest(large, {}));
});

it('[OPENAPI-READ-4] tells what is wrong with one that is read apart', async () => {
  const api = { overlays: ['overlay: 2.0.0'] };
  await expect(readApart(document, { api }, limits)).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    problems: expect.arrayContaining([expect.objectContaining({ remedy: expect.any(String) })]),
  });
});

it('[OPENAPI-READ-9] ends with the time and the memory that it may take', async () => {
  const refused = { code: 'INPUT_TOO_LARGE' };
  const many = `${document}x-many:\n${'- {a: {b: {c: 1}}}\n'.repeat(20_000)}`;
  const api = { overlays: [overlay('$..*..nothing', 10_000)] };
  await expect(readApart(many, { api }, { ...limits, milliseconds: 1000 })).rejects.toMatchObject(refused);
  const wide = `${document}x-many:\n${'- {a: {b: {c: 1}}}\n'.repeat(300_000)}`;
  await expect(readApart(wide, {}, { ...limits, megabytes: 60 })).rejects.toMatchObject(refused);
});
