import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  createMcpServer,
  executePlan,
  getBuildStatus,
  listServers,
  planServer,
  runOperation,
  updateServer,
} from '../../src/index.ts';
import { form, withCrafter } from './with-crafter.ts';

const held = withCrafter();
const tool = (change: Record<string, unknown>) => ({
  name: 'get_word',
  description: 'Returns a word. It does not store it.',
  parameters: { word: { type: 'string', description: 'Any word.', maxLength: 100 } },
  implementation: 'return { word };',
  ...change,
});

async function nothingLeft(name: string): Promise<void> {
  expect((await runOperation(held.crafter, listServers, {})).servers.map((server) => server.name)).not.toContain(name);
  const { project, workspace } = held.crafter.folders(name);
  expect([project, workspace].filter((path) => existsSync(path))).toEqual([]);
  expect(readdirSync(join(held.stateFolder, 'tmp')).filter((entry) => entry.startsWith('build-'))).toEqual([]);
  expect(await held.crafter.secrets.names(name)).toEqual([]);
}

describe('bad input', () => {
  const refused: readonly [string, Record<string, unknown>, string][] = [
    ['nothing at all', {}, 'NEEDS_ANSWERS'],
    ['two requests', { prompt: 'read csv files', form: form('two') }, 'INVALID_INPUT'],
    ['a field that does not exist', { promt: 'read csv files' }, 'INVALID_INPUT'],
    ['JSON of no known kind', { document: '{"a": 1}' }, 'UNKNOWN_KIND'],
    ['broken JSON', { document: '{"server_name": ' }, 'INVALID_INPUT'],
    ['a name with a path in it', { form: form('../../etc') }, 'INVALID_INPUT'],
    [
      'code that does not parse',
      { form: form('broken', { custom_tools: [tool({ implementation: 'return {' })] }) },
      'INVALID_INPUT',
    ],
    ['a relative folder', { form: form('relative'), folders: ['data'] }, 'INVALID_INPUT'],
    ['a folder that does not exist', { form: form('nowhere'), folders: ['/no/such/folder'] }, 'GRANT_REFUSED'],
    ['a variable that is not declared', { form: form('undeclared'), environment: { NOPE: '1' } }, 'INVALID_INPUT'],
    ['a template', { form: form('template'), template: 'enterprise-python' }, 'NOT_SUPPORTED'],
    ['another language', { form: form('snake', { language: 'python' }) }, 'NOT_SUPPORTED'],
  ];
  it.each(refused)('[ENGINE-3] %s is refused before a build exists', async (_what, input, code) => {
    const before = (await held.crafter.storage.builds.list()).length;
    const error = await runOperation(held.crafter, createMcpServer, input as never).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code, hint: expect.stringMatching(/\w/) });
    expect((await held.crafter.storage.builds.list()).length).toBe(before);
  });

  it('[ENGINE-17] a need that no recipe covers is named with the ways to supply it', async () => {
    const error = await runOperation(held.crafter, createMcpServer, {
      prompt: 'Read CSV files with orders and translate every comment from French into English.',
    }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'PENDING_TOOLS', message: expect.stringMatching(/translat/i) });
    expect(JSON.stringify(error)).toContain('custom_tools');
  });

  it('[ENGINE-3] a foreign folder is not written to', async () => {
    const out = join(held.stateFolder, 'foreign');
    mkdirSync(out);
    writeFileSync(join(out, 'mine.txt'), 'mine');
    await expect(runOperation(held.crafter, createMcpServer, { form: form('guest'), out })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(readdirSync(out)).toEqual(['mine.txt']);
  });
});

describe('a build that fails', () => {
  it('[ENGINE-4] leaves no server, no folder and no secret, and says what to correct', async () => {
    const wrong = tool({
      implementation: 'return { word: word.toUpperCase() };',
      examples: [{ arguments: { word: 'a' }, expect: { equals: { word: 'a' } } }],
    });
    const made = await runOperation(held.crafter, createMcpServer, {
      form: form('wrong', { custom_tools: [wrong], environment_vars: { WRONG_API_KEY: 'never-kept-value' } }),
      wait: true,
    });
    expect(made).toMatchObject({
      status: 'failed',
      error: { code: 'VERIFICATION_FAILED' },
      report: { success: false },
    });
    expect(JSON.stringify(made.error)).toContain('get_word');
    await nothingLeft('wrong');
    expect(await runOperation(held.crafter, getBuildStatus, { build: made.build ?? '' })).toMatchObject({
      status: 'failed',
      server: 'wrong',
    });
  });

  it('[ENGINE-4] a dependency that does not exist is named', async () => {
    const made = await runOperation(held.crafter, createMcpServer, {
      form: form('lonely', { dependencies: ['mcp-crafter-no-such-package-7f3a'] }),
      wait: true,
    });
    expect(made).toMatchObject({ status: 'failed', error: { code: 'DEPENDENCY_UNAVAILABLE' } });
    await nothingLeft('lonely');
  });

  it('[ENGINE-7] leaves the version before it as it was', async () => {
    await runOperation(held.crafter, createMcpServer, { form: form('steady'), wait: true });
    const updated = await runOperation(held.crafter, updateServer, {
      server: 'steady',
      custom_tools: [tool({ examples: [{ arguments: { word: 'a' }, expect: { equals: { word: 'b' } } }] })],
      wait: true,
    });
    expect(updated).toMatchObject({ status: 'failed', error: { code: 'VERIFICATION_FAILED' } });
    expect(await held.crafter.storage.servers.get('steady')).toMatchObject({ version: '1.0.0' });
  });
});

describe('a name in use', () => {
  it('[ENGINE-5] is refused, also when two ask for it at once', async () => {
    const attempts = await Promise.allSettled(
      [1, 2, 3].map(() => runOperation(held.crafter, createMcpServer, { form: form('wanted') })),
    );
    const refused = attempts.filter((attempt) => attempt.status === 'rejected');
    expect(refused.map((attempt) => attempt.reason.code)).toEqual(['NAME_TAKEN', 'NAME_TAKEN']);
    const won = attempts.find((attempt) => attempt.status === 'fulfilled');
    await runOperation(held.crafter, getBuildStatus, { build: won?.value.build ?? '', wait: true });
    await expect(runOperation(held.crafter, createMcpServer, { form: form('wanted') })).rejects.toMatchObject({
      code: 'NAME_TAKEN',
      hint: expect.stringContaining('update'),
    });
  });
});

describe('a plan', () => {
  it('[ENGINE-16] is kept, can be edited and passed back, and is executed', async () => {
    const { analysis, plan } = await runOperation(held.crafter, planServer, { form: form('planned') });
    expect(analysis.reasons.length).toBeGreaterThan(0);
    expect((await runOperation(held.crafter, listServers, {})).servers.map(({ name }) => name)).not.toContain(
      'planned',
    );
    const [server] = plan.servers;
    if (server === undefined) throw new Error('the plan has no server');
    const edited = { ...plan, servers: [{ ...server, blueprint: { ...server.blueprint, name: 'edited' } }] };
    expect(
      await runOperation(held.crafter, executePlan, { plan: { analysis, plan: edited }, wait: true }),
    ).toMatchObject({ status: 'success', server: 'edited' });
    expect(await runOperation(held.crafter, executePlan, { plan: plan.id, wait: true })).toMatchObject({
      status: 'success',
      server: 'planned',
    });
    await expect(
      runOperation(held.crafter, executePlan, {
        plan: { ...plan, servers: [{ ...server, blueprint: { ...server.blueprint, name: 'Not A Name' } }] },
      }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      problems: [expect.objectContaining({ field: expect.stringContaining('blueprint.name') })],
    });
  });
});
