import { cpSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { wordForm } from '../../support/cli.ts';
import { decoyWords, layDecoys, type Decoys } from './decoys.ts';
import { calm, withHostile } from './with-hostile.ts';

const bench = withHostile();
let decoys: Decoys;
/** A build that takes its time, while the others are tried. */
let loading: string;

beforeAll(async () => {
  decoys = await layDecoys(bench.stateFolder);
  expect((await bench.make('neighbour', [calm])).json.status).toBe('success');
  const endless = wordForm('loading', { implementation: "import 'data:text/javascript,for(;;);';\nreturn { word };" });
  loading = (await bench.run(['create', bench.file('loading.json', endless), '--json'])).json.build;
});
afterAll(() => decoys.close());
afterEach(async () => {
  expect(decoys.harm()).toEqual([]);
  expect((await bench.order('neighbour', 'say_calm')).said).toBe('calm');
});

const build = (name: string, implementation: string, form: object = {}) =>
  bench.run([
    'create',
    bench.file(`${name}.json`, { ...wordForm(name, { implementation }), ...form }),
    '--wait',
    '--json',
  ]);

/** A type that doubles with each step; 30 steps are a billion. */
const typeBomb = [
  'type Twice<T extends unknown[], N extends unknown[] = []> = N["length"] extends 30 ? T : Twice<[...T, ...T], [...N, 1]>;',
  'type Bomb = Twice<[1]>["length"];',
  'const bomb: Bomb = 1 as never; return { word, bomb };',
].join('\n');
const unions = `type D = ${Array.from({ length: 40 }, (_, n) => `'${n}'`).join('|')}; type Bomb = \`\${D}\${D}\${D}\${D}\${D}\${D}\`; const bomb = word as Bomb; return { word: bomb };`;

describe('code that', () => {
  const ways: readonly [what: string, name: string, code: () => string, says: RegExp][] = [
    [
      'imports a file of the host by its absolute path',
      'absolute',
      () => `import taken from '${decoys.aim.file}' with { type: 'text' };\nreturn { word: taken };`,
      /decoy\.txt/,
    ],
    [
      'imports a file of the host by climbing',
      'climbing',
      () =>
        `import taken from '${'../'.repeat(20)}${decoys.aim.file.slice(1)}' with { type: 'text' };\nreturn { word: taken };`,
      /decoy\.txt/,
    ],
    ['doubles a type a billion times', 'types', () => typeBomb, /too large/],
    ['asks for a union of four billion words', 'unions', () => unions, /too complex/],
    ['nests 20,000 lists', 'nests', () => `return ${'['.repeat(20_000)}${']'.repeat(20_000)};`, /500 deep/],
  ];
  it.each(ways)(
    '[HOSTILE-6] %s gets nothing and holds nobody up',
    { timeout: 120_000 },
    async (_what, name, code, says) => {
      const ran = await build(name, code());
      expect(ran.code).not.toBe(0);
      expect(ran.stdout === '' ? 'no answer in time' : ran.json.error.message).toMatch(says);
      expect(ran.stdout + ran.stderr).not.toContain(decoyWords);
    },
  );
});

it('[HOSTILE-6] a comment of 375 KB that patterns stumble over is a comment', async () => {
  const ran = await build('stumbles', `return { word };\n// ${'const [ word ] '.repeat(25_000)}`);
  expect(ran.json, ran.stdout.slice(0, 2000)).toMatchObject({ status: 'success' });
});

describe('a dependency that is', () => {
  const places: readonly [what: string, name: string, place: () => string][] = [
    ['a folder of the host', 'folder', () => `file:${decoys.aim.folder}`],
    ['a link to one', 'link', () => `link:${decoys.aim.folder}`],
    ['an address', 'address', () => `http://127.0.0.1:${decoys.aim.tcp}/taken.tgz`],
    ['a repository', 'repository', () => `git+http://127.0.0.1:${decoys.aim.tcp}/taken.git`],
    ['an option of the installer', 'option', () => '--ignore-scripts=false'],
  ];
  it.each(places)('[HOSTILE-6] %s is refused', async (_what, name, place) => {
    const ran = await build(name, 'return { word };', { dependencies: [place()] });
    expect(ran.json.error).toMatchObject({ code: 'INVALID_INPUT', message: expect.stringContaining('npm package') });
  });
});

it('[HOSTILE-6] a project folder whose settings lead to files of the host gives none of them away', async () => {
  const folder = join(bench.folder, 'project');
  cpSync(join(bench.stateFolder, 'servers/neighbour/project'), folder, { recursive: true });
  const tool = join(
    folder,
    'src/tools',
    readdirSync(join(folder, 'src/tools')).find((file) => file.endsWith('.ts')) ?? '',
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: decoys.aim.file,
      compilerOptions: { paths: { '*': [`${decoys.aim.folder}/*`] } },
      include: [`${decoys.aim.folder}/*`],
    }),
  );
  writeFileSync(
    join(folder, '.oxlintrc.json'),
    JSON.stringify({ jsPlugins: [decoys.aim.file], extends: [decoys.aim.file] }),
  );
  rmSync(tool);
  symlinkSync(decoys.aim.file, tool);
  const ran = await bench.run(['verify', './project', '--json']);
  expect(ran.code).not.toBe(0);
  expect(ran.stdout + ran.stderr).not.toContain(decoyWords);
});

it('[HOSTILE-6] code that never ends being loaded fails its build with the time it was given', async () => {
  const { json } = await bench.run(['status', loading, '--wait', '--json']);
  expect(json).toMatchObject({ status: 'failed', error: { code: 'VERIFICATION_FAILED' } });
});
