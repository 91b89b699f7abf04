import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from './sources.ts';

const made = ['src/library/recipes/word-turner', 'src/verify/checks/tool_greeting', 'src/sources/hyphen-list'];
let copy: string;

/** Runs a program in the copy; gives its exit code and, when it failed, what it said. */
function run(program: string, ...words: string[]): { status: number | null; said: string } {
  const command = program === 'node' ? process.execPath : join(copy, 'node_modules', '.bin', program);
  const { PATH, HOME } = process.env;
  const { status, stdout, stderr } = spawnSync(command, words, { cwd: copy, encoding: 'utf8', env: { PATH, HOME } });
  return { status, said: status === 0 ? '' : `${stdout}${stderr}` };
}

describe('npm run new', () => {
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), 'new-'));
    const parts = ['src', 'scripts', 'test', 'bench', 'examples', 'package.json', 'tsconfig.json', 'vitest.config.ts'];
    for (const part of parts) cpSync(join(root, part), join(copy, part), { recursive: true, filter: (path) => !path.endsWith('/foreign') });
    cpSync(join(root, '.oxfmtrc.json'), join(copy, '.oxfmtrc.json'));
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  });

  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('[HOUSE-9] makes a recipe, a check and a source that pass types, lint, format and tests as they are', () => {
    const ok = { status: 0, said: '' };
    expect(run('node', 'scripts/new.ts', 'recipe', 'word-turner')).toEqual(ok);
    expect(run('node', 'scripts/new.ts', 'check', 'Tool greeting')).toEqual(ok);
    expect(run('node', 'scripts/new.ts', 'source', 'hyphen-list')).toEqual(ok);
    expect(run('tsc', '-p', '.')).toEqual(ok);
    expect(run('oxlint', '--deny-warnings', ...made)).toEqual(ok);
    expect(run('oxfmt', '--check', ...made)).toEqual(ok);
    expect(run('vitest', 'run', ...made, 'test/house/registration')).toEqual(ok);
  }, 180_000);

  it('refuses a kind it does not know and a name in use', () => {
    expect(run('node', 'scripts/new.ts', 'planet', 'mars')).toMatchObject({
      status: 2,
      said: expect.stringContaining('Usage'),
    });
    expect(run('node', 'scripts/new.ts', 'recipe', 'csv')).toMatchObject({
      status: 4,
      said: expect.stringContaining('exists already'),
    });
  });
});
