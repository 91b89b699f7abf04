import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './sources.ts';

const page = readFileSync(join(root, 'docs', 'security.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && /`(?:test|src|bench)\//.test(line));

describe('[HOUSE-12] the page on security', () => {
  it('names a test for each promise, and each is there', () => {
    expect(rows.length).toBeGreaterThan(30);
    const files = [...page.matchAll(/`((?:test|src|bench)\/[\w./-]+)`/g)].map(([, file = '']) => file);
    expect([...new Set(files)].filter((file) => !existsSync(join(root, file)))).toEqual([]);
    const promises = page.split('## Not promised')[0]?.split('## Generated code is contained')[1] ?? '';
    const stated = promises.split('\n').filter((line) => /^\| (?!Promise|---)/.test(line));
    expect(stated.filter((line) => !rows.includes(line))).toEqual([]);
  });
});
