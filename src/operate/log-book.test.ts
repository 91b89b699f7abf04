import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openLogBook } from './index.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'book-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('what a server says', () => {
  it.each(['error', 'constructor', 'echo'])(
    '[ROBUST-10] ends nothing under the name %s, heard or not',
    async (name) => {
      const book = openLogBook(folder, (text) => text);
      expect(() => book.append(name, 'one')).not.toThrow();
      const [end, heard] = [new AbortController(), [] as string[]];
      const following = book.follow(name, end.signal, (line) => heard.push(line));
      expect(() => book.append(name, 'two')).not.toThrow();
      end.abort();
      await following;
      expect([heard, await book.read(name, 10)]).toEqual([['two'], ['one', 'two']]);
    },
  );

  it('[ROBUST-10] ends nothing where no log can be opened, and is heard all the same', async () => {
    const book = openLogBook(folder, (text) => text);
    await rm(folder, { recursive: true });
    const [end, heard] = [new AbortController(), [] as string[]];
    const following = book.follow('echo', end.signal, (line) => heard.push(line));
    expect(() => book.append('echo', 'a line')).not.toThrow();
    end.abort();
    await following;
    expect(heard).toEqual(['a line']);
  });
});
