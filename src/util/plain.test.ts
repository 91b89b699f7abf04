import { expect, it } from 'vitest';
import { plain, plainJson } from './plain.ts';

const hostile = 'a\u001B[2J\u0007\u009B31m\r\u202Eb\tc\nd';

it('[CLI-17] text from outside cannot steer the terminal', () => {
  expect(plain(hostile)).toBe('a[2J31mb\tc\nd');
  const json = plainJson({ text: hostile });
  expect(plain(json)).toBe(json);
  expect(JSON.parse(json)).toEqual({ text: hostile });
});
