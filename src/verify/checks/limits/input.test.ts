import { expect, it } from 'vitest';
import { grow } from './input.ts';

it.each([
  ['a.csv', 'name,size\nanna,4\n'],
  ['a.csv', 'name,note\nanna,"a, b"'],
  ['a.jsonl', '{"a":1}\n{"a":2}\n'],
  ['a.json', '[{"a":"ü"}]'],
  ['a.xml', '<a><b/></a>\n'],
  ['a.txt', 'one line'],
])('[VERIFY-8] %s grows to exactly the bytes asked for, and begins as it was', (name, text) => {
  for (const bytes of [200, 201, 1000, 99_999]) {
    const grown = grow(name, text, bytes);
    expect(Buffer.byteLength(grown)).toBe(bytes);
    expect(grown.startsWith(text.trimEnd())).toBe(true);
  }
});

it('[VERIFY-8] documents stay whole: JSON parses after growing', () => {
  expect(JSON.parse(grow('a.json', '[{"a":1}]', 5000))).toEqual([{ a: 1 }]);
});
