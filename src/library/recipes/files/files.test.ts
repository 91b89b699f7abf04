import { expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext } from '../../testing.ts';
import { readLines } from './file-read.ts';
import { searchFiles } from './file-search.ts';
import { files } from './index.ts';

recipeConformance(files);

it('[RECIPES-INTEGRATION-17] says when there is more, skips binary files, and leaves hidden ones out', async () => {
  const test = await makeTestContext({
    files: {
      'a.txt': 'x\n'.repeat(500),
      'b.bin': new Uint8Array([120, 0, 120]),
      '.hidden.txt': 'x\n',
      'long.txt': 'x'.repeat(9_000_000),
    },
  });
  const found = await searchFiles({ text: 'x', limit: 10 }, test.context);
  expect(found).toMatchObject({ truncated: true });
  expect(found.matches).toHaveLength(10);
  const all = await searchFiles({ name: '{b,long}.*', text: 'x' }, test.context);
  expect(all).toMatchObject({ matches: [], files_skipped: 2 });
  expect((await searchFiles({ name: '*.txt' }, test.context)).matches.map((match) => match.file)).toEqual([
    'a.txt',
    'long.txt',
  ]);
  await test.dispose();
});

it('[RECIPES-INTEGRATION-17] does not hang on a bad expression', async () => {
  const test = await makeTestContext({ files: { 'a.txt': `${'a'.repeat(5000)}b\n` } });
  const slow = searchFiles({ text: '^(a+)+$', regex: true, ignore_case: false }, test.context);
  expect((await slow).matches).toEqual([]);
  await expect(searchFiles({ text: '(?=(a+)+$)', regex: true }, test.context)).rejects.toThrow('too long');
  await test.dispose();
});

it('[RECIPES-INTEGRATION-17] reads a long file piece by piece', async () => {
  const lines = Array.from({ length: 1000 }, (_, index) => `line ${index + 1}`);
  const test = await makeTestContext({ files: { 'long.txt': lines.join('\n') } });
  const read: string[] = [];
  let next: number | undefined = 1;
  while (next !== undefined) {
    const piece: Awaited<ReturnType<typeof readLines>> = await readLines(
      { path: 'long.txt', start_line: next, lines: 300, max_characters: 1500 },
      test.context,
    );
    read.push(piece.text);
    next = piece.next_line;
  }
  expect(read.join('\n')).toBe(lines.join('\n'));
  await expect(readLines({ path: 'long.txt', start_line: 5000 }, test.context)).rejects.toThrow('only 1000 lines');
  await test.dispose();
});
