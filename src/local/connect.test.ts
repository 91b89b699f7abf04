import { parse } from 'jsonc-parser';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectClient, connectionSnippet, disconnectClient } from './connect.ts';

let project: string;
beforeEach(async () => {
  project = await mkdtemp(join(tmpdir(), 'connect-'));
});
afterEach(() => rm(project, { recursive: true, force: true }));

const vscode = (): string => join(project, '.vscode', 'mcp.json');
const target = (server = 'weather', client = 'vscode') => ({ client, server, project });

describe('connecting a client', () => {
  it('[CONNECT-1] writes `mcp-crafter run NAME` under the key that the client reads', async () => {
    await connectClient(target());
    expect(JSON.parse(await readFile(vscode(), 'utf8'))).toEqual({
      servers: {
        weather: { type: 'stdio', command: expect.stringMatching(/bin\/mcp-crafter$/), args: ['run', 'weather'] },
      },
    });
    await connectClient(target('weather', 'cursor'));
    expect(JSON.parse(await readFile(join(project, '.cursor', 'mcp.json'), 'utf8'))).toHaveProperty(
      'mcpServers.weather.args',
      ['run', 'weather'],
    );
  });

  it('[CONNECT-2] leaves what is there, comments included, and keeps a backup', async () => {
    const before = '{\n\t// mine\n\t"servers": {\n\t\t"other": { "command": "x" }, // keep\n\t},\n\t"inputs": []\n}\n';
    await mkdir(join(project, '.vscode'));
    await writeFile(vscode(), before);
    const result = await connectClient(target());
    const after = await readFile(vscode(), 'utf8');
    expect(after).toContain('// mine');
    expect(after).toContain('// keep');
    expect(parse(after)).toMatchObject({
      servers: { other: { command: 'x' }, weather: { args: ['run', 'weather'] } },
      inputs: [],
    });
    expect(await readFile(result.backup ?? '', 'utf8')).toBe(before);
  });

  it('[CONNECT-3] disconnecting restores the file byte for byte', async () => {
    const before = '{"inputs":[],   "servers":{"other":{"command":"x"}}}';
    await mkdir(join(project, '.vscode'));
    await writeFile(vscode(), before);
    await connectClient(target());
    await disconnectClient(target());
    expect(await readFile(vscode(), 'utf8')).toBe(before);
  });

  it('[CONNECT-3] disconnecting removes a file that connecting made', async () => {
    await connectClient(target());
    await disconnectClient(target());
    await expect(readFile(vscode())).rejects.toThrow('ENOENT');
  });

  it('disconnecting keeps what was added since', async () => {
    await connectClient(target());
    await connectClient(target('second'));
    await disconnectClient(target());
    expect(Object.keys(JSON.parse(await readFile(vscode(), 'utf8')).servers)).toEqual(['second']);
  });

  it('[CONNECT-4] refuses a file that is not JSON and leaves it alone', async () => {
    await mkdir(join(project, '.vscode'));
    await writeFile(vscode(), '{ "servers": { ');
    await expect(connectClient(target())).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await readFile(vscode(), 'utf8')).toBe('{ "servers": { ');
  });

  it('[CONNECT-4] refuses to replace an entry it did not write', async () => {
    await mkdir(join(project, '.vscode'));
    await writeFile(vscode(), '{"servers":{"weather":{"command":"mine"}}}');
    await expect(connectClient(target())).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(disconnectClient(target())).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('connecting twice changes nothing the second time', async () => {
    await connectClient(target());
    expect((await connectClient(target())).changed).toBe(false);
  });

  it('shows the snippet without touching a file', async () => {
    expect(JSON.parse(connectionSnippet(target('weather', 'claude-code')).snippet)).toHaveProperty(
      'mcpServers.weather.type',
      'stdio',
    );
    await expect(readFile(vscode())).rejects.toThrow('ENOENT');
  });

  it('names the nearest client for a mistyped one', async () => {
    await expect(connectClient(target('weather', 'cursr'))).rejects.toMatchObject({
      hint: expect.stringContaining('`cursor`'),
    });
  });
});
