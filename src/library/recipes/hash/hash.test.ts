import { expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext } from '../../testing.ts';
import { calculateHash } from './hash-calculator.ts';
import { hash } from './index.ts';

recipeConformance(hash);

it('hashes the bytes of a file, in either form, and compares', async () => {
  const test = await makeTestContext({ files: { 'a.bin': Uint8Array.from([0, 255, 1]) } });
  const hex = await calculateHash({ path: 'a.bin', algorithm: 'sha1' }, test.context);
  const same = await calculateHash(
    { path: 'a.bin', algorithm: 'sha1', form: 'base64', expected: hex.digest.toUpperCase() },
    test.context,
  );
  expect(Buffer.from(same.digest, 'base64').toString('hex')).toBe(hex.digest);
  expect([hex.matches, same.matches, hex.bytes]).toEqual([null, true, 3]);
  await test.dispose();
});
