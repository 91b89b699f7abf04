import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckResult } from '../../src/spec/index.ts';
import { withCommandLine } from '../support/cli.ts';
import { foreignModules } from '../support/foreign.ts';

const cli = withCommandLine();
const example = (name: string): string => resolve(import.meta.dirname, '../../examples', name);

/** The document that a name comes from, under another title, so that both servers can stand beside each other. */
const retitled = (name: string): string =>
  cli.file('other.yaml', readFileSync(example(name), 'utf8').replace(/^( *title:).*$/m, '$1 Second bookshop'));

/** Five servers of different making, with what each is made from. */
const makings: Readonly<Record<string, () => readonly string[]>> = {
  "a form's code": () => [example('order-tools.form.json')],
  'recipes for data': () => [example('customer-data.context.json')],
  'recipes for an integration': () => [example('crm-sync.context.json')],
  'an API as tools': () => [example('bookshop.openapi.yaml')],
  'an API as search': () => [retitled('bookshop.openapi.yaml'), '--shape', 'search'],
};
const names = new Map<string, string>();

/** What the official suite said of each server, by scenario. */
/** The suite waits 600 ms for some answers, which a machine busy with other tests may take: then it is asked once more. */
async function verify(name: string): ReturnType<typeof verifyOnce> {
  const first = await verifyOnce(name);
  return first.success ? first : verifyOnce(name);
}

async function verifyOnce(name: string): Promise<{ success: boolean; cases: Record<string, string> }> {
  const { json, stderr } = await cli.run(['verify', name, '--conformance', '--json']);
  const { success, checks = [] } = json as unknown as { success: boolean; checks?: CheckResult[] };
  const own = checks.filter(({ check }) => check.startsWith('official_suite'));
  expect(own.length, JSON.stringify(json) + stderr).toBeGreaterThan(0);
  const cases = own.map(({ check, status, message }) => [
    check.replace('official_suite/', ''),
    status === 'passed' ? status : message,
  ]);
  return { success, cases: Object.fromEntries(cases) };
}

function installSuite(): void {
  const tools = join(cli.stateFolder, 'tools');
  mkdirSync(tools, { recursive: true });
  try {
    symlinkSync(foreignModules, join(tools, 'node_modules'));
  } catch {
    // Another test has laid it.
  }
}

const anyServer = [
  ...['server-initialize', 'ping', 'tools-list', 'server-sse-multiple-streams', 'dns-rebinding-protection'].map(
    (name) => `2025-11-25/${name}`,
  ),
  ...['tools-list', 'http-header-validation', 'sep-2164-resource-not-found', 'server-stateless'].map(
    (name) => `2026-07-28/${name}`,
  ),
  '2026-07-28/dns-rebinding-protection',
];

describe('generated servers', () => {
  beforeAll(async () => {
    for (const [making, words] of Object.entries(makings)) {
      const { code, stdout, stderr } = await cli.run(['create', ...words(), '--wait', '--json']);
      expect(code, stdout + stderr).toBe(0);
      names.set(making, String(JSON.parse(stdout).server));
    }
    expect(new Set(names.values()).size).toBe(5);
  }, 300_000);

  it('[TRUE-CONFORM-3] a suite that is not installed is asked for with its command', async () => {
    const { json } = await cli.run(['verify', names.get("a form's code") ?? '', '--conformance', '--json']);
    expect(json.error).toMatchObject({
      code: 'MISSING_PREREQUISITE',
      hint: expect.stringContaining(`npm install --ignore-scripts --prefix ${join(cli.stateFolder, 'tools')} `),
    });
  });

  it.each(Object.keys(makings))(
    '[TRUE-CONFORM-2] the server of %s passes what the suite asks of any',
    async (making) => {
      const tools = join(cli.stateFolder, 'tools');
      mkdirSync(tools, { recursive: true });
      try {
        symlinkSync(foreignModules, join(tools, 'node_modules'));
      } catch {
        // Another test has laid it.
      }
      const { success, cases } = await verify(names.get(making) ?? '');
      expect(cases).toMatchObject(Object.fromEntries(anyServer.map((scenario) => [scenario, 'passed'])));
      expect(Object.values(cases).filter((status) => status !== 'passed')).toEqual([]);
      expect(success).toBe(true);
    },
  );

  it('[TRUE-CONFORM-3] the suite is not judged for a server that does not answer over HTTP', async () => {
    installSuite();
    const server = resolve(import.meta.dirname, '../fixtures/verify/servers/server.mjs');
    const { json } = await cli.run(['verify', '--conformance', '--json', '--', 'node', server]);
    expect(json['checks']).toContainEqual(expect.objectContaining({ check: 'official_suite', status: 'skipped' }));
  });
});
