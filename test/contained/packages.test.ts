import { appendFile, readFile, readdir, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configuredAge } from '../../src/languages/typescript/supply/age.ts';
import { refuseUnproven } from '../../src/languages/typescript/supply/refuse.ts';
import { withRegistry } from '../support/with-registry.ts';

const hour = 60 * 60 * 1000;
const justNow = new Date(Date.now() - hour).toISOString();
const ranMark = "require('node:fs').writeFileSync('ran', '');";

const registryOf = withRegistry({
  'plain-words': { '1.0.0': { files: { 'package/index.js': 'exports.word = 1;' } } },
  expresso: { '1.0.0': {} },
  expres: { '1.0.0': {} },
  'needs-plain': { '1.0.0': { manifest: { dependencies: { 'plain-words': '^1.0.0', zod: '^4.0.0' } } } },
  'needs-older': { '1.0.0': { manifest: { dependencies: { luxon: '^1.0.0' } } } },
  luxon: { '1.28.0': { files: { 'package/old.js': '' } } },
  growing: { '1.0.0': {}, '1.1.0': { time: justNow } },
  fresh: { '1.0.0': { time: justNow } },
  'needs-fresh': { '1.0.0': { manifest: { dependencies: { fresh: '1.0.0' } } } },
  ageless: { '1.0.0': { time: null } },
  runs: {
    '1.0.0': {
      manifest: { scripts: { preinstall: 'node x.js', install: 'node x.js', postinstall: 'node x.js' } },
      files: { 'package/x.js': ranMark },
    },
  },
  unproven: { '1.0.0': { integrity: null } },
  'by-url': { '1.0.0': { manifest: { dependencies: { 'plain-words': 'http://127.0.0.1:9/x.tgz' } } } },
  'by-file': { '1.0.0': { manifest: { dependencies: { 'plain-words': 'file:../../etc' } } } },
  'by-git': { '1.0.0': { manifest: { dependencies: { 'plain-words': 'git+ssh://git@127.0.0.1:9/x.git' } } } },
  'by-alias': { '1.0.0': { manifest: { dependencies: { other: 'npm:plain-words@1.0.0' } } } },
  liar: { '1.0.0': { manifest: {}, files: { 'package/package.json': '{"name":"zod","version":"9.9.9"}' } } },
});

// Each of them starts npm several times.
describe('packages that a server asks for', { timeout: 180_000 }, () => {
  it('[SUPPLY-1] are pinned to an exact version with integrity; what mcp-crafter has itself is not fetched', async () => {
    const { registry, fetch } = registryOf();
    const fetched = fetch(['needs-plain']);
    await expect(fetched).resolves.toHaveProperty('set');
    const { set, blueprint } = await fetched;
    const [needs] = blueprint.dependencies;
    expect(needs).toMatchObject({ version: '1.0.0', integrity: expect.stringMatching(/^sha512-/) });
    const plain = needs?.closure?.find(({ path }) => path === 'node_modules/plain-words');
    expect(plain).toMatchObject({ version: '1.0.0', integrity: expect.stringMatching(/^sha512-/) });
    expect(await readFile(join(set.path, 'plain-words/index.js'), 'utf8')).toBe('exports.word = 1;');
    expect(await readdir(set.path)).toEqual(expect.arrayContaining(['needs-plain', 'zod', 'hono']));
    const tarballs = registry.requests.filter((request) => request.endsWith('.tgz'));
    expect(new Set(tarballs)).toEqual(new Set(['GET /needs-plain/-/1.0.0.tgz', 'GET /plain-words/-/1.0.0.tgz']));
  });

  it('[SUPPLY-1] keep their own version of what servers share, beside the shared one', async () => {
    const { fetch } = registryOf();
    const { set } = await fetch(['needs-older']);
    expect(await readdir(join(set.path, 'needs-older/node_modules/luxon'))).toContain('old.js');
    await expect(fetch(['luxon@1.28.0'])).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      message: expect.stringContaining('1.28.0 cannot stand beside it'),
    });
  });

  it('[SUPPLY-2] are refused when the name is near a famous one, before anything is asked; the user may allow it', async () => {
    const { registry, fetch } = registryOf();
    await expect(fetch(['expres'])).rejects.toMatchObject({
      code: 'DEPENDENCY_REFUSED',
      message: expect.stringContaining('resembles express'),
      hint: expect.stringContaining('--allow-package expres'),
    });
    expect(registry.requests).toEqual([]);
    expect((await fetch(['expres'], ['expres'])).blueprint.dependencies).toMatchObject([{ version: '1.0.0' }]);
  });

  it.each([
    ['@typs/node', '@types'],
    ['modelcontextprotocol-sdk', '@modelcontextprotocol/sdk'],
    ['zood', 'zod'],
  ])('[SUPPLY-2] are refused when they or their scope imitate: %s', async (name, known) => {
    const { registry, fetch } = registryOf();
    await expect(fetch([name])).rejects.toMatchObject({
      code: 'DEPENDENCY_REFUSED',
      message: expect.stringContaining(`resembles ${known}, and`),
      hint: expect.stringMatching(`^Write ${known} if .*--allow-package ${name}$`),
    });
    expect(registry.requests).toEqual([]);
  });

  it('[SUPPLY-3] are passed over where they are a few days old, and refused where nothing older suits', async () => {
    const { fetch } = registryOf();
    expect((await fetch(['growing'])).blueprint.dependencies).toMatchObject([{ version: '1.0.0' }]);
    for (const wanted of ['fresh', 'growing@1.1.0', 'needs-fresh'])
      await expect(fetch([wanted]), wanted).rejects.toMatchObject({
        code: 'DEPENDENCY_REFUSED',
        message: expect.stringMatching(/less than 7 days ago/),
        hint: expect.stringMatching(/--allow-package (fresh|growing)/),
      });
    expect((await fetch(['fresh'], ['fresh'])).blueprint.dependencies).toMatchObject([{ version: '1.0.0' }]);
  });

  it('[SUPPLY-3] are refused where nobody says how old they are; the user may allow them, or any age', async () => {
    const { registry, fetch, install } = registryOf();
    const refused = expect.objectContaining({
      code: 'DEPENDENCY_REFUSED',
      message: expect.stringMatching(/does not say when the package ageless@1\.0\.0/),
      hint: expect.stringMatching(/--allow-package ageless\b.*MCP_CRAFTER_PACKAGE_AGE_DAYS=0/),
    });
    await expect(fetch(['ageless'])).rejects.toEqual(refused);
    const { blueprint } = await fetch(['ageless'], ['ageless']);
    expect(blueprint.dependencies).toMatchObject([{ version: '1.0.0' }]);
    // Also where it lies in the store; a registry that says it meanwhile is believed, and asked no more.
    const unallowed = { ...blueprint, grants: { hosts: [], folders: [] } };
    await expect(install(unallowed)).rejects.toEqual(refused);
    registry.publish('ageless', '1.0.0', {});
    await expect(install(unallowed)).resolves.toHaveProperty('path');
    registry.publish('ageless', '1.0.0', { time: null });
    const asked = registry.requests.length;
    await expect(install(unallowed)).resolves.toHaveProperty('path');
    expect(registry.requests).toHaveLength(asked);
  });

  it('[SUPPLY-3] are judged by the registry’s word, not by pins that came with a document or lie in the store', async () => {
    const { fetch, install } = registryOf();
    const { blueprint } = await fetch(['needs-fresh'], ['fresh']);
    await expect(install({ ...blueprint, grants: { hosts: [], folders: [] } })).rejects.toMatchObject({
      code: 'DEPENDENCY_REFUSED',
      message: expect.stringContaining('fresh@1.0.0'),
    });
  });

  it('[SUPPLY-2] are judged by the registry’s name for them, and by who needs them, whatever pins of a document say', async () => {
    const { registry, fetch, install } = registryOf();
    const { blueprint } = await fetch(['expres', 'needs-plain'], ['expres']);
    const [expres, needs] = blueprint.dependencies;
    const pin = { ...expres?.closure?.[0], version: '1.0.0', path: 'node_modules/expres' };
    const given = (dependencies: object[]): typeof blueprint =>
      ({ ...blueprint, grants: { hosts: [], folders: [] }, dependencies }) as typeof blueprint;
    const asked = registry.requests.length;
    const alias = { ...pin, path: 'node_modules/harmless-words', name: 'expres' };
    await expect(install(given([{ ...expres, name: 'harmless-words', closure: [alias] }]))).rejects.toMatchObject({
      code: 'DEPENDENCY_REFUSED',
      message: expect.stringContaining('expres resembles express'),
    });
    expect(registry.requests).toHaveLength(asked);
    const along = (needs?.closure ?? []).map((each) =>
      each.path === 'node_modules/needs-plain'
        ? { ...each, dependencies: { ...each.dependencies, expres: '1.0.0' } }
        : each,
    );
    // The first set of these very packages lies in the store already; it was made for a server that asks for both.
    await expect(install(given([{ ...needs, closure: [...along, pin] }]))).rejects.toMatchObject({
      code: 'DEPENDENCY_REFUSED',
      message: expect.stringContaining('expres is pinned, and no package that the server asks for needs it'),
    });
    await expect(install(given([{ ...needs }]))).resolves.toHaveProperty('path');
  });

  it('[SUPPLY-4] are refused when what arrives is not what was pinned', async () => {
    const { registry, fetch, install, stateFolder } = registryOf();
    const { blueprint } = await fetch(['needs-plain']);
    registry.publish('plain-words', '1.0.0', { files: { 'package/index.js': 'exports.word = 2;' } });
    const { set } = await fetch(['growing']);
    const pinned = {
      ...blueprint,
      dependencies: [...blueprint.dependencies, ...(await fetch(['growing'])).blueprint.dependencies],
    };
    await expect(install(pinned)).rejects.toMatchObject({
      code: 'DEPENDENCY_UNAVAILABLE',
      message: expect.stringContaining('EINTEGRITY'),
    });
    expect((await readdir(join(stateFolder, 'store'))).filter((name) => name.startsWith('.'))).toEqual([]);
    expect(set.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['unproven', 'by-url', 'by-file', 'by-git'])(
    '[SUPPLY-4] are refused without integrity, or from elsewhere than the registry: %s',
    async (name) => {
      const { fetch, registry, stateFolder } = registryOf();
      // The one address that can be reached, so that nothing but the refusal stands between.
      const dependencies = { 'plain-words': `${registry.url}plain-words/-/1.0.0.tgz` };
      registry.publish('by-url', '1.0.0', { manifest: { dependencies } });
      await expect(fetch([name])).rejects.toMatchObject({ code: expect.stringMatching(/^DEPENDENCY_/) });
      expect(await readdir(stateFolder)).not.toContain('store');
    },
  );

  const integrity = `sha512-${Buffer.alloc(64).toString('base64')}`;
  it.each([
    ['an address', 'node_modules/x', { version: '1.0.0', integrity, resolved: 'http://127.0.0.1:9/x.tgz' }],
    ['a repository', 'node_modules/x', { version: '1.0.0', resolved: 'git+ssh://git@127.0.0.1:9/x.git#0123456' }],
    ['a link', 'node_modules/x', { version: '1.0.0', integrity, resolved: '../x', link: true }],
    ['a range', 'node_modules/x', { version: '^1.0.0', integrity }],
    ['a place outside', 'node_modules/../../x', { version: '1.0.0', integrity }],
    ['a weak digest', 'node_modules/x', { version: '1.0.0', integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
  ])('[SUPPLY-4] are refused as they may stand in a lock: %s', (_what, place, entry) => {
    expect(() => refuseUnproven({ [place]: entry })).toThrow(expect.objectContaining({ code: 'DEPENDENCY_REFUSED' }));
    expect(() => refuseUnproven({ 'node_modules/x': { version: '1.0.0', integrity } })).not.toThrow();
  });

  it('[SUPPLY-4] may stand under another name that their users gave them', async () => {
    const { set } = await registryOf().fetch(['by-alias']);
    expect(await readFile(join(set.path, 'other/index.js'), 'utf8')).toBe('exports.word = 1;');
  });

  it('[SUPPLY-4] are refused when they call themselves something else', async () => {
    await expect(registryOf().fetch(['liar'])).rejects.toMatchObject({
      code: 'DEPENDENCY_REFUSED',
      message: expect.stringContaining('zod 9.9.9'),
    });
  });

  it('[SUPPLY-5] run nothing when they are installed', async () => {
    const { set, blueprint } = await registryOf().fetch(['runs']);
    expect(await readdir(join(set.path, 'runs'))).toEqual(['package.json', 'x.js']);
    expect(blueprint.dependencies[0]?.closure?.[0]).toMatchObject({ hasInstallScript: true });
  });
});

it('[SUPPLY-3] the age is a number of days that the environment sets, 7 by default', () => {
  const ages = [{}, { MCP_CRAFTER_PACKAGE_AGE_DAYS: '30' }, { MCP_CRAFTER_PACKAGE_AGE_DAYS: '0' }].map((environment) =>
    configuredAge(environment),
  );
  expect(ages).toEqual([7, 30, 0]);
  for (const text of ['', '-1', '1.5', 'week'])
    expect(() => configuredAge({ MCP_CRAFTER_PACKAGE_AGE_DAYS: text }), text).toThrow('no number of days');
});

describe('the store', () => {
  const file = (path: string): string => join(path, 'plain-words/index.js');

  it('[SUPPLY-6] fetches a set anew that was changed since, and only then', async () => {
    const { registry, fetch, install } = registryOf();
    const { set, blueprint } = await fetch(['plain-words']);
    const asked = registry.requests.length;
    await install(blueprint);
    expect(registry.requests).toHaveLength(asked);
    const before = await stat(file(set.path));
    await appendFile(file(set.path), 'exports.more = 1;');
    await utimes(file(set.path), before.atime, before.mtime);
    await install(blueprint);
    expect(await readFile(file(set.path), 'utf8')).toBe('exports.word = 1;');
    expect(registry.requests.length).toBeGreaterThan(asked);
  });

  it('[SUPPLY-6] takes a set that was only touched as it is', async () => {
    const { registry, fetch, install } = registryOf();
    const { set, blueprint } = await fetch(['plain-words']);
    const asked = registry.requests.length;
    await utimes(file(set.path), 1, 1);
    await install(blueprint);
    expect(registry.requests).toHaveLength(asked);
  });
});
