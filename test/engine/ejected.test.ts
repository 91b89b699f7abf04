import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMcpServer, ejectTools, getServerInfo, runOperation, updateServer } from '../../src/index.ts';
import { withCrafter } from './with-crafter.ts';

const held = withCrafter();

const operation = (operationId: string, parameters: object[] = []): object => ({
  operationId,
  summary: 'Gives what the shop has.',
  parameters,
  responses: { 200: { description: 'Done.' } },
});
const limit = { name: 'limit', in: 'query', schema: { type: 'integer', default: 10 } };
const documentWith = (more: object): string =>
  JSON.stringify({
    openapi: '3.1.1',
    info: { title: 'Shop', version: '1' },
    servers: [{ url: 'http://127.0.0.1:9' }],
    paths: { '/books': { get: operation('listBooks', [limit]) }, ...more },
  });
const update = (more: object = {}) =>
  runOperation(held.crafter, updateServer, { server: 'shop', wait: true, ...more } as never);
const fileOf = (path: string): string => join(held.crafter.folders('shop').project, path);
const toolOf = async (name: string) => {
  const record = await held.crafter.storage.servers.get('shop');
  return record!.blueprint.tools.find((tool) => tool.name === name);
};

describe('an ejected operation', () => {
  it('[ENGINE-19] keeps what its schema says, defaults too', async () => {
    await runOperation(held.crafter, createMcpServer, {
      server_name: 'shop',
      document: documentWith({}),
      kind: 'openapi',
      allow_hosts: ['127.0.0.1:9'],
      wait: true,
    });
    const made = await runOperation(held.crafter, ejectTools, { server: 'shop', tools: ['list_books'], wait: true });
    expect(made.error).toBeUndefined();
    expect(made.changes?.interface).toEqual([]);
    expect((await toolOf('list_books'))?.input).toMatchObject({ properties: { limit: { default: 10 } } });
  });

  it('[ENGINE-19] is built from its file as a person changed it; other changed files are no part of the server', async () => {
    const file = fileOf('src/tools/list-books.ts');
    const text = readFileSync(file, 'utf8');
    const mine = text
      .replace('return callApi', 'const page = size(args.limit);\n  return callApi')
      .replace('limit: args.limit', 'limit: page')
      .replace('async function run', 'const size = (limit?: number) => Math.min(limit ?? 5, 50);\n\nasync function run')
      .replace('Gives what the shop has.', 'Gives my books.');
    writeFileSync(file, mine);
    writeFileSync(fileOf('README.md'), 'mine\n');
    const made = await update();
    expect(made.error).toBeUndefined();
    expect(made).toMatchObject({ status: 'success', version: '1.0.2', report: { success: true } });
    expect(made.changes?.kept).toEqual([fileOf('README.md')]);
    expect(made.notes).toEqual([
      `list_books is built from ${file} as you changed it.`,
      `Of ${file} only imports and the code of run are taken over, not your change of listBooksTool.`,
    ]);
    expect(made.changes?.code).toContain('limit: page');
    expect(readFileSync(file, 'utf8')).toBe(mine);
    expect((await toolOf('list_books'))?.implementation).toMatchObject({ edited: true });

    const again = await update();
    expect(again).toMatchObject({ status: 'unchanged', version: '1.0.2' });
    expect(again.notes.join('\n')).toContain(`not part of the server: ${fileOf('README.md')}`);
  });

  it('[ENGINE-19] stays code when the document grows, and says the way back', async () => {
    const made = await update({
      document: documentWith({ '/authors': { get: operation('listAuthors') } }),
      kind: 'openapi',
    });
    expect(made.error).toBeUndefined();
    expect(made.changes?.interface).toEqual(['+ list_authors']);
    expect(made.notes).toContain(
      'Stays code, as it was ejected: list_books. To go back: mcp-crafter eject shop list_books --undo',
    );
    expect(made.notes.join('\n')).not.toContain('private network');
    const gone = await update({
      document: documentWith({ '/books': {}, '/authors': { get: operation('listAuthors') } }),
      kind: 'openapi',
      dry_run: true,
    });
    expect(gone.changes?.interface).toEqual([]);
    expect(gone.notes.join('\n')).toContain('no longer has list_books; its code stays');
  });

  it('[ENGINE-19] is refused with its place when its file does not read', async () => {
    const file = fileOf('src/tools/list-books.ts');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('return callApi', 'return ((callApi'));
    await expect(update()).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('src/tools/list-books.ts'),
    });
    writeFileSync(file, text);
  });

  it('[ENGINE-19] becomes an operation again when that is asked for', async () => {
    const back = await runOperation(held.crafter, ejectTools, {
      server: 'shop',
      tools: ['list_books'],
      undo: true,
      wait: true,
    });
    expect(back.error).toBeUndefined();
    expect(back.changes?.interface).toEqual([]);
    expect((await toolOf('list_books'))?.implementation.kind).toBe('http');
    expect(existsSync(fileOf('src/server.ts'))).toBe(true);
    expect(await runOperation(held.crafter, getServerInfo, { server: 'shop' })).toMatchObject({
      tools: ['list_books', 'list_authors'],
    });
    await expect(
      runOperation(held.crafter, ejectTools, { server: 'shop', tools: ['list_authors'], undo: true }),
    ).rejects.toMatchObject({ code: 'NOT_SUPPORTED' });
  });
});
