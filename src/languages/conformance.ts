import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, probeHttpProtection, type Endpoint, type McpConnection } from '../client/index.ts';
import { startServer, type RunningServer } from '../runner/index.ts';
import { openSandbox, type Sandbox } from '../sandbox/index.ts';
import type { Bundle, DependencySet, Language, ProjectFiles } from '../spec/index.ts';
import { sha256 } from '../util/index.ts';
import { hostile, sampleBlueprint, type SampleBodies } from './conformance-sample.ts';

type CreateLanguage = (config: { sandbox: Sandbox; stateFolder: string }) => Language;

const work = { signal: new AbortController().signal, progress: () => undefined };
const running = ['echo', 'print', 'exit', 'hang', 'fail', 'loose'] as const;

/**
 * The tests that every language passes. `createLanguage` must be exported under its own name by languages/index.ts;
 * `bodies` are tools' code in the language.
 */
export function languageConformance(createLanguage: CreateLanguage, bodies: SampleBodies): void {
  describe(`${createLanguage.name} as every language`, () => {
    let stateFolder: string;
    let sandbox: Sandbox;
    let language: Language;
    let dependencies: DependencySet;
    let bundle: Bundle;

    const generate = (names: readonly (keyof SampleBodies)[]): ProjectFiles =>
      language.generate({
        blueprint: sampleBlueprint(language.name, bodies, names),
        recipes: new Map(),
        readModule: noModule,
        crafterVersion: '0.0.0',
      });

    const lay = async (files: ProjectFiles): Promise<string> => {
      const { writeTree } = await import('../storage/index.ts');
      const folder = join(
        stateFolder,
        'projects',
        sha256([...files.values()].map((file) => file.text).join('\0')).slice(0, 12),
      );
      await mkdir(join(stateFolder, 'projects'), { recursive: true });
      await writeTree(folder, files);
      return folder;
    };

    beforeAll(async () => {
      stateFolder = await mkdtemp(join(tmpdir(), 'language-'));
      sandbox = await openSandbox({ stateFolder });
      language = createLanguage({ sandbox, stateFolder });
      dependencies = await language.install(sampleBlueprint(language.name, bodies, running), work);
      bundle = await language.bundle(await lay(generate(running)), dependencies, join(stateFolder, 'bundle'), work);
    });

    afterAll(() => rm(stateFolder, { recursive: true, force: true }));

    it('[GENERATE-1] gives the same bytes in any folder, time zone and locale', () => {
      const here = digestOf(generate(running));
      const elsewhere = [
        { cwd: tmpdir(), TZ: 'Pacific/Chatham', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
        { cwd: '/', TZ: 'UTC', LANG: 'C', LC_ALL: 'tr_TR.UTF-8' },
      ].map(({ cwd, ...env }) => digestElsewhere(createLanguage.name, bodies, cwd, env));
      expect(elsewhere).toEqual([here, here]);
    });

    it('[GENERATE-2][GENERATE-3] passes strict types and lint without a word, whatever its texts are', async () => {
      const { diagnostics } = await language.check(await lay(generate(['echo', 'print', 'hang'])), dependencies, work);
      expect(diagnostics).toEqual([]);
    });

    it('lets ordinary untyped code pass with warnings', async () => {
      const { diagnostics } = await language.check(await lay(generate(['loose'])), dependencies, work);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(diagnostics.length).toBeGreaterThan(0);
    });

    it('[GENERATE-13] tells errors of a tool’s code with the lines of the code', async () => {
      expect(language.parseCode(bodies.echo)).toEqual([]);
      expect(language.parseCode(bodies.unparsable)).toMatchObject([{ severity: 'error', line: 2 }]);
      expect(language.parseCode(bodies.breakout)).not.toEqual([]);
      expect(language.parseCode('')).not.toEqual([]);
      const { diagnostics } = await language.check(await lay(generate(['wrong'])), dependencies, work);
      expect(diagnostics[0]).toMatchObject({ severity: 'error', file: 'implementation of wrong', line: 2 });
    });

    it('bundles to the same digest again, found or made', async () => {
      const again = await language.bundle(await lay(generate(running)), dependencies, join(stateFolder, 'again'), work);
      expect(again).toMatchObject({ digest: bundle.digest, foundAgain: true });
      const project = await lay(generate(running));
      await writeFile(join(project, 'more.txt'), 'Of this, nothing is known.');
      const made = await language.bundle(project, dependencies, join(stateFolder, 'made'), work);
      expect(made.digest).toBe(bundle.digest);
      expect(made.foundAgain).toBeUndefined();
    });

    it('[GENERATE-14] takes what it has without network and refuses names that are none', async () => {
      await expect(language.resolve([{ name: 'No Such/../Package' }], work)).rejects.toMatchObject({
        code: 'DEPENDENCY_UNAVAILABLE',
      });
    });

    for (const transport of ['stdio', 'http'] as const) {
      for (const era of ['2025-11-25', '2026-07-28'] as const) {
        it(`[GENERATE-2][GENERATE-9] serves ${era} over ${transport} and keeps what tools do to themselves`, async () => {
          const server = await start(sandbox, language, bundle, stateFolder, transport);
          const connection = await connect(endpointOf(server), { era });
          try {
            await checkBehaviour(connection);
          } finally {
            await connection.close();
            // Over stdio the closed input ends it; a signal on top could find it in the middle of leaving.
            const { code } = transport === 'stdio' ? await server.exited : await server.stop();
            expect(code).toBe(0);
          }
        });
      }
    }

    it('[GENERATE-12] refuses foreign hosts and origins and requests without its token', async () => {
      const server = await start(sandbox, language, bundle, stateFolder, 'http');
      const endpoint = endpointOf(server);
      try {
        if (endpoint.kind !== 'http') throw new Error('not over HTTP');
        expect((await probeHttpProtection(endpoint)).filter(({ passed }) => !passed)).toEqual([]);
        expect(await statusOf(endpoint, '//')).toBe(404);
      } finally {
        await server.stop();
      }
    });

    it('[GENERATE-16] ends by itself, with 0, when standard input ends', async () => {
      const server = await start(sandbox, language, bundle, stateFolder, 'stdio');
      server.stdin!.end();
      expect(await server.exited).toMatchObject({ code: 0 });
    });
  });
}

function statusOf(
  { socketPath, token }: Extract<Endpoint, { kind: 'http' }>,
  path: string,
): Promise<number | undefined> {
  const headers = { host: 'localhost', authorization: `Bearer ${token}` };
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, headers, timeout: 10_000 }, (answer) =>
      resolve(answer.resume().statusCode),
    );
    asked
      .on('timeout', () => asked.destroy(new Error('no answer')))
      .on('error', reject)
      .end();
  });
}

async function checkBehaviour(connection: McpConnection): Promise<void> {
  const call = (name: string) => connection.callTool(name, { text: hostile });
  const textOf = async (name: string) => (await call(name)).content.map((part) => part.text).join('');
  expect((await connection.listTools()).map(({ name }) => name)).toEqual([...running]);
  expect((await call('echo')).structuredContent).toEqual({ text: hostile });
  expect((await call('print')).structuredContent).toEqual({ printed: true });
  expect(await call('exit')).toMatchObject({ isError: true });
  expect(await textOf('fail')).toMatch(/^broken\./);
  expect(await textOf('hang')).toContain('did not finish within 1 seconds');
  expect((await connection.callTool('loose', { text: 'a b a' })).structuredContent).toEqual({ a: 2, b: 1 });
  expect(await connection.callTool('echo', {})).toMatchObject({ isError: true });
}

async function start(
  sandbox: Sandbox,
  language: Language,
  bundle: Bundle,
  stateFolder: string,
  transport: 'stdio' | 'http',
): Promise<RunningServer> {
  const workspace = join(stateFolder, 'workspace');
  const runFolder = join(stateFolder, 'r');
  await Promise.all([mkdir(workspace, { recursive: true }), mkdir(runFolder, { recursive: true })]);
  return startServer(sandbox, {
    name: 'sample',
    command: language.command(transport),
    mounts: [{ source: bundle.path, target: '/app', access: 'read' }],
    transport,
    workspace,
    grants: { hosts: [], folders: [] },
    environment: {},
    runFolder,
  });
}

function endpointOf({ transport, stdin, stdout, url, socketPath, token }: RunningServer): Endpoint {
  if (transport === 'stdio') return { kind: 'stdio', stdin: stdin!, stdout: stdout! };
  return {
    kind: 'http',
    url: url ?? 'http://localhost/mcp',
    ...(socketPath && { socketPath }),
    ...(token && { token }),
  };
}

function noModule(): never {
  throw new Error('the sample uses no recipe');
}

export function digestOf(files: ProjectFiles): string {
  return sha256(JSON.stringify([...files]));
}

/** The sample's digest as another process sees it. */
function digestElsewhere(create: string, bodies: SampleBodies, cwd: string, env: Record<string, string>): string {
  const here = (file: string) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    const { ${create}: create } = await import(${here('./index.ts')});
    const { sampleBlueprint } = await import(${here('./conformance-sample.ts')});
    const { sha256 } = await import(${here('../util/index.ts')});
    const language = create({ sandbox: {}, stateFolder: '/nowhere' });
    const blueprint = sampleBlueprint(language.name, ${JSON.stringify(bodies)}, ${JSON.stringify(running)});
    const files = language.generate({ blueprint, recipes: new Map(), readModule: () => '', crafterVersion: '0.0.0' });
    process.stdout.write(sha256(JSON.stringify([...files])));
  `;
  return execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
}
