import { beforeAll, describe, expect, it } from 'vitest';
import { withCommandLine, wordForm } from '../support/cli.ts';
import { askForeign, foreignClients, type ForeignOrder } from '../support/foreign.ts';
import { productCommand } from '../support/product.ts';

const cli = withCommandLine();
const calls = {
  right: { name: 'get_word', arguments: { word: 'tree' } },
  wrong: { name: 'get_word', arguments: { word: 'x'.repeat(101) } },
};
let http: NonNullable<ForeignOrder['http']>;

const output = { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] };
const seen = {
  tools: ['get_word'],
  right: { structured: { word: 'tree' }, isError: false, text: expect.stringContaining('tree') },
  wrong: { isError: true, text: expect.stringContaining('must NOT have more than 100 characters') },
};

describe('a generated server', () => {
  beforeAll(async () => {
    const made = await cli.run(['create', cli.file('f.json', wordForm('words', { output })), '--wait', '--json']);
    expect(made.code, made.stdout + made.stderr).toBe(0);
    await cli.run(['start', 'words', '--json']);
    const { json } = await cli.run(['show', 'words', '--with-token', '--json']);
    http = { url: String(json['url']), headers: { authorization: `Bearer ${String(json['token'])}` } };
  });

  it.each(Object.keys(foreignClients))('[TRUE-CONFORM-4] answers %s over stdio', async (name) => {
    const stdio = { command: productCommand, args: ['run', 'words'], env: { MCP_CRAFTER_HOME: cli.stateFolder } };
    expect(await askForeign(foreignClients[name]!, { ...calls, stdio })).toMatchObject(seen);
  });

  it.each(Object.keys(foreignClients))('[TRUE-CONFORM-5] answers %s over HTTP', async (name) => {
    expect(await askForeign(foreignClients[name]!, { ...calls, http })).toMatchObject(seen);
  });
});
