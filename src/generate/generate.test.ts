import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProjectFiles } from '../spec/index.ts';
import { sha256 } from '../util/index.ts';
import { diffProjects, writeProject } from './index.ts';

let base: string;
let dir: string;

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'generate-'));
  dir = join(base, 'project');
});
afterEach(() => rm(base, { recursive: true, force: true }));

const project = (files: Record<string, string>): ProjectFiles =>
  new Map(Object.entries(files).map(([path, text]) => [path, { text, executable: path.endsWith('.sh') }]));
const digests = (files: ProjectFiles) => Object.fromEntries([...files].map(([path, { text }]) => [path, sha256(text)]));
const first = project({ 'a.ts': 'a1\n', 'src/b.ts': 'b1\n', 'src/old/c.ts': 'c1\n', 'run.sh': '#!/bin/sh\n' });
const second = project({ 'a.ts': 'a2\n', 'src/b.ts': 'b2\n', 'run.sh': '#!/bin/sh\n', 'new.ts': 'n\n' });

describe('writing a project', () => {
  it('makes a new folder whole, with the modes of its files', async () => {
    expect(await writeProject(dir, first)).toEqual({
      written: ['a.ts', 'run.sh', 'src/b.ts', 'src/old/c.ts'],
      removed: [],
      kept: [],
    });
    expect((await stat(join(dir, 'run.sh'))).mode & 0o777).toBe(0o755);
    expect(await readdir(base)).toEqual(['project']);
  });

  it('brings what was generated to the next version, and removes what is no more', async () => {
    await writeProject(dir, first);
    expect(await writeProject(dir, second, { baseline: digests(first) })).toEqual({
      written: ['a.ts', 'new.ts', 'src/b.ts'],
      removed: ['src/old/c.ts'],
      kept: [],
    });
    expect(await readdir(join(dir, 'src'))).toEqual(['b.ts']);
    expect(await writeProject(dir, second, { baseline: digests(second) })).toEqual({
      written: [],
      removed: [],
      kept: [],
    });
  });

  it('[GENERATE-15] never touches what a person changed or put there', async () => {
    await writeProject(dir, first);
    await writeFile(join(dir, 'a.ts'), 'mine\n');
    await writeFile(join(dir, 'src/old/c.ts'), 'mine too\n');
    await writeFile(join(dir, 'new.ts'), 'also mine\n');
    const result = await writeProject(dir, second, { baseline: digests(first) });
    expect(result).toEqual({ written: ['src/b.ts'], removed: [], kept: ['a.ts', 'new.ts', 'src/old/c.ts'] });
    expect(await readFile(join(dir, 'a.ts'), 'utf8')).toBe('mine\n');
  });

  it('[GENERATE-15] takes a folder without a baseline for a person’s', async () => {
    await mkdir(dir);
    await writeFile(join(dir, 'a.ts'), 'mine\n');
    expect((await writeProject(dir, first)).kept).toEqual(['a.ts']);
    await chmod(dir, 0o755);
  });
});

describe('[GENERATE-15] the difference of two projects', () => {
  const manifest = (tools: object[]) => JSON.stringify({ blueprint: { tools } });
  it('names tools that came, went and changed', () => {
    const before = project({
      'mcp-crafter.json': manifest([
        { name: 'a', input: {} },
        { name: 'b', input: {} },
      ]),
    });
    const after = project({
      'mcp-crafter.json': manifest([{ name: 'a', input: { type: 'object' }, implementation: 1 }, { name: 'c' }]),
    });
    expect(diffProjects(before, after)).toEqual({ interface: ['+ c', '- b', '~ a: input'], code: '' });
    expect(diffProjects(before, before)).toEqual({ interface: [], code: '' });
  });

  it('is one that patch understands', () => {
    const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`);
    const changed = lines.with(2, 'changed').toSpliced(15, 1).toSpliced(18, 0, 'added');
    const text = diffProjects(
      project({ x: `${lines.join('\n')}\n`, gone: 'g\n' }),
      project({ x: `${changed.join('\n')}\n` }),
    ).code;
    expect(text).toContain('--- a/gone\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-g\n');
    expect(text).toContain('@@ -1,6 +1,6 @@\n line 0\n line 1\n-line 2\n+changed\n line 3\n');
    expect(text).toContain('-line 15\n');
    expect(text).toContain('+added\n');
  });
});
