import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { blueprint } from '../../src/spec/index.ts';
import { withCommandLine, wordForm, wordTool } from '../support/cli.ts';
import type { CommandLine, Ran } from '../support/cli.ts';
import { productCommand } from '../support/product.ts';

const cli: CommandLine = withCommandLine();
const read = (name: string): string => readFileSync(join(cli.folder, name), 'utf8');

async function ok(words: readonly string[], stdin?: string): Promise<Ran> {
  const ran = await cli.run(words, stdin);
  expect(ran.code, ran.stdout + ran.stderr).toBe(0);
  return ran;
}

/** `run NAME`, once it has answered for the first time; its input stays open. */
async function openRun(name: string) {
  const child = spawn(productCommand, ['run', name], {
    cwd: cli.folder,
    env: { ...process.env, MCP_CRAFTER_HOME: cli.stateFolder, NO_COLOR: '1' },
    // One that is not ended in time ends as one that was killed.
    timeout: 30_000,
  });
  child.stdin.on('error', () => undefined);
  const [answers, stderr] = [createInterface(child.stdout), text(child.stderr)];
  const ended = once(child, 'exit').then(async ([code]) => ({ code: code as number, stderr: await stderr }));
  const ask = async (method: string, params: object = {}): Promise<unknown> => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })}\n`);
    return JSON.parse(String((await once(answers, 'line'))[0]));
  };
  const clientInfo = { name: 'test', version: '1' };
  await ask('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
  return { ask, ended };
}

describe('[CLI-11] the command lines of earlier documents', () => {
  it('create without a request asks what the server should do', async () => {
    const ran = await cli.run([
      'create',
      'my-server',
      '--complexity',
      'standard',
      '--capabilities',
      'tools,monitoring',
      '--json',
    ]);
    expect(ran).toMatchObject({
      code: 2,
      json: {
        error: { code: 'NEEDS_ANSWERS', problems: [{ field: 'prompt', message: expect.stringContaining('?') }] },
      },
    });
  });

  it('[EGRESS-10] create with a form answers at once; what is not part of this version is named, and what the form grants', async () => {
    const form = wordForm(
      'weather',
      {},
      {
        complexity: 'advanced',
        capabilities: ['tools', 'monitoring', 'caching'],
        deployment_config: { docker: true },
        folders: [cli.folder],
      },
    );
    cli.file('form.json', form);
    const { json } = await ok(['create', 'weather-api', '--form', 'form.json', '--json']);
    expect(json).toMatchObject({
      status: 'queued',
      server: 'weather-api',
      build: expect.stringMatching(/^build-[0-9a-f]{12}$/),
    });
    expect(json.notes).toContain(`The form grants it: folder ${cli.folder} (reading).`);
    for (const word of ['caching', 'docker']) expect(json.notes.join('\n')).toMatch(new RegExp(word, 'i'));
    expect((await ok(['status', json.build, '--wait', '--json'])).json).toMatchObject({
      status: 'success',
      report: { success: true },
    });
  });

  it('watch, a template and another language are refused by name', async () => {
    cli.file('form.json', wordForm('fine'));
    for (const words of [
      ['watch'],
      ['create', '--form', 'form.json', '--template', 'enterprise-python'],
      ['create', '--form', 'form.json', '--language', 'python'],
    ]) {
      const ran = await cli.run([...words, '--json']);
      expect(ran).toMatchObject({
        code: 7,
        json: { error: { code: 'NOT_SUPPORTED', message: expect.stringMatching(/watch|enterprise-python|Python/) } },
      });
    }
  });

  it('a build, a plan and a server that do not exist are not found', async () => {
    for (const words of [
      ['status', 'build-12345'],
      ['execute', 'plan-12345'],
      ['show', 'nobody'],
      ['start', 'nobody'],
      ['call', 'nobody', 'get_word'],
      ['logs', 'nobody'],
      ['update', 'nobody', '-'],
      ['run', 'nobody'],
      ['connect', 'cursor', 'nobody'],
    ]) {
      const ran = await cli.run(words, JSON.stringify(wordForm('nobody')));
      expect(ran.code, words.join(' ')).toBe(3);
      expect(ran.stderr).toMatch(/^✗ There is no /m);
    }
  });

  it('list shows what there is', async () => {
    expect((await ok(['list'])).stdout).toMatch(/^NAME .*\nweather-api +1\.0\.0 +ready/);
  });
});

describe('[CLI-13] ways to give a request', () => {
  it('standard input, a said kind and words', async () => {
    const { json } = await ok(['plan', 'from-stdin', '-', '--json'], JSON.stringify(wordForm('other')));
    expect(json).toMatchObject({ plan: { servers: [{ blueprint: { name: 'from-stdin' } }] } });
    cli.file('words.txt', 'Read CSV files, check the e-mail addresses in them and write the good rows as JSON.');
    const words = (await ok(['plan', 'words.txt', '--kind', 'prompt', '--json'])).json as unknown as {
      plan: { servers: { blueprint: { tools: { name: string }[] } }[] };
    };
    expect(words.plan.servers[0]?.blueprint.tools.map((tool) => tool.name)).toEqual(
      expect.arrayContaining(['csv_processor', 'data_validator', 'json_exporter']),
    );
    cli.file('form.json', wordForm('other'));
    const wrong = await cli.run(['plan', 'form.json', '--kind', 'context', '--json']);
    expect(wrong).toMatchObject({
      code: 2,
      json: { error: { code: 'INVALID_INPUT', message: expect.stringContaining('context') } },
    });
  });

  it('a vague wish is answered with questions', async () => {
    const ran = await cli.run(['create', 'do something', '--json']);
    expect(ran).toMatchObject({ code: 2, json: { error: { code: 'NEEDS_ANSWERS' } } });
    expect(ran.json.error.problems.length).toBeGreaterThan(0);
  });
});

describe('[CLI-12] a plan', () => {
  beforeAll(async () => {
    cli.file('planned.json', wordForm('planned'));
    expect((await ok(['plan', 'planned.json'])).stdout).toContain('mcp-crafter execute planned.plan.json');
  });

  it('is a file; an edited one is what is built', async () => {
    writeFileSync(
      join(cli.folder, 'edited.plan.json'),
      read('planned.plan.json').replace('Returns a word.', 'Returns one word.'),
    );
    const { json } = await ok(['execute', 'edited.plan.json', '--wait', '--json']);
    expect(json).toMatchObject({ status: 'success', server: 'planned' });
    expect((await ok(['show', 'planned'])).stdout).toContain('Returns one word.');
  });

  it('with a wrong field is refused by its name', async () => {
    const text = read('planned.plan.json');
    const edits: readonly [string, string, string][] = [
      ['"name": "get_word"', '"name": "get word"', 'servers[0].blueprint.tools[0].name'],
      ['"title": "Get word"', '"titel": "Get word"', 'servers[0].blueprint.tools[0].titel'],
    ];
    for (const [from, to, field] of edits) {
      cli.file('wrong.plan.json', text.replace(from, to));
      const ran = await cli.run(['execute', 'wrong.plan.json', '--json']);
      expect(ran).toMatchObject({ code: 2, json: { error: { code: 'INVALID_INPUT' } } });
      expect(ran.json.error.problems.map((problem) => problem.field)).toContain(field);
    }
    cli.file('broken.plan.json', text.slice(0, 100));
    expect(await cli.run(['execute', 'broken.plan.json', '--json'])).toMatchObject({
      code: 2,
      json: { error: { code: 'INVALID_INPUT' } },
    });
  });
});

describe('[CLI-15] a folder of one’s own', () => {
  it('gets the project; a file changed by hand is kept by update and named', async () => {
    cli.file('mine.json', wordForm('mine'));
    await ok(['create', 'mine.json', '--out', 'mine', '--wait', '--json']);
    const readme = join(cli.folder, 'mine', 'README.md');
    writeFileSync(readme, '# Mine\n');
    cli.file(
      'mine.json',
      wordForm(
        'mine',
        {},
        {
          custom_tools: [
            wordTool(),
            wordTool({ name: 'get_letter', implementation: 'return { letter: word.charAt(0) };' }),
          ],
        },
      ),
    );
    const preview = await ok(['update', 'mine', 'mine.json', '--dry-run', '--json']);
    expect(preview.json).toMatchObject({
      status: 'preview',
      changes: { interface: [expect.stringContaining('get_letter')] },
    });
    const { json } = await ok(['update', 'mine', 'mine.json', '--wait', '--json']);
    expect(json).toMatchObject({ status: 'success', version: '1.1.0', changes: { kept: [readme] } });
    expect(readFileSync(readme, 'utf8')).toBe('# Mine\n');
    expect(readdirSync(join(cli.folder, 'mine', 'src', 'tools')).join(' ')).toContain('get-letter');
    expect((await ok(['update', 'mine', 'mine.json', '--wait', '--json'])).json).toMatchObject({ status: 'unchanged' });
  });

  it('that holds something else is left alone', async () => {
    cli.file('guest.json', wordForm('guest'));
    const before = readdirSync(cli.folder);
    const ran = await cli.run(['create', 'guest.json', '--out', '.', '--wait', '--json']);
    expect(ran).toMatchObject({ code: 4, json: { error: { code: 'CONFLICT', problems: [{ field: 'out' }] } } });
    expect(readdirSync(cli.folder)).toEqual(before);
  });
});

describe('[CLI-14] [CLI-16] the life of a server', () => {
  it('is built while status follows it', async () => {
    cli.file(
      'alive.json',
      wordForm('alive', { implementation: 'context.log.info(`asked for ${word}`); return { word };' }),
    );
    mkdirSync(join(cli.folder, 'shared'));
    const ordered = await ok(['create', 'alive.json', '--folder', 'shared']);
    expect(ordered.stdout).toMatch(/status build-[0-9a-f]{12} --wait/);
    const ended = await ok(['status', 'alive', '--wait']);
    expect(ended.stdout).toMatch(/alive 1\.0\.0 +success/);
    expect(ended.stdout).toContain('PASSED');
  });

  it('is called, and logs', async () => {
    const { json } = await ok(['call', 'alive', 'get_word', '{"word": "oak"}', '--json']);
    expect(json).toMatchObject({ content: [{ type: 'text' }], structuredContent: { word: 'oak' } });
    expect((await ok(['call', 'alive', 'get_word', '{"word": "elm"}'])).stdout).toBe('{"word":"elm"}\n');
    expect(await cli.run(['call', 'alive', 'get_word', '{"wrd": "elm"}', '--json'])).toMatchObject({
      code: 1,
      json: { isError: true },
    });
    expect(await cli.run(['call', 'alive', 'get_words', '--json'])).toMatchObject({
      code: 3,
      json: { error: { hint: expect.stringContaining('get_word') } },
    });
    expect(await cli.run(['call', 'alive', 'get_word', '["elm"]', '--json'])).toMatchObject({
      code: 2,
      json: { error: { problems: [{ field: 'arguments' }] } },
    });
    const logs = (await ok(['logs', 'alive', '--json'])).json as unknown as { lines: string[] };
    expect(logs.lines.join('\n')).toContain('asked for oak');
  });

  it('is shown, started, restarted and stopped', async () => {
    expect((await ok(['show', 'alive', '--json'])).json).toMatchObject({
      name: 'alive',
      status: 'ready',
      tools_in_full: [{ name: 'get_word' }],
    });
    const { url } = (await ok(['start', 'alive', '--json'])).json;
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/mcp$/);
    expect((await ok(['restart', 'alive', '--json'])).json).toMatchObject({ status: 'running', url });
    expect((await ok(['call', 'alive', 'get_word', '{"word": "ash"}', '--json'])).json).toMatchObject({
      structuredContent: { word: 'ash' },
    });
    expect((await ok(['stop', 'alive', '--json'])).json).toMatchObject({ status: 'stopped' });
    expect((await ok(['verify', 'alive', '--json'])).json).toMatchObject({ success: true, subject: 'alive' });
  });

  it('verifies a command, whose files may be named from the folder one is in', async () => {
    cli.file('silent.mjs', 'process.stderr.write("seen from here"); process.exit(3);');
    const ran = await cli.run(['verify', '--json', '--', 'node', 'silent.mjs']);
    expect(ran).toMatchObject({ code: 5, json: { success: false } });
    expect(JSON.stringify(ran.json)).toContain('seen from here');
    expect((await cli.run(['verify', '--json', '--', 'false'])).json).toMatchObject({
      subject: 'false',
      success: false,
    });
  });

  it('is connected to a client, or only shown for it, and disconnected', async () => {
    const file = join(cli.folder, '.cursor', 'mcp.json');
    const shown = await ok(['connect', 'cursor', 'alive', '--print']);
    expect(shown.stdout).toMatch(/"run",\s+"alive"/);
    expect(existsSync(file)).toBe(false);
    await ok(['connect', 'cursor', 'alive', '--json']);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ mcpServers: { alive: { args: ['run', 'alive'] } } });
    await ok(['disconnect', 'cursor', 'alive', '--json']);
    expect(existsSync(file)).toBe(false);
    expect(await cli.run(['connect', 'emacs', 'alive', '--json'])).toMatchObject({
      code: 2,
      json: { error: { hint: expect.stringContaining('cursor') } },
    });
  });

  it('is run over this standard input and output', async () => {
    const hello = {
      jsonrpc: '2.0',
      id: 1,
      method: 'initialize',
      params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
    };
    const ran = await ok(['run', 'alive'], `${JSON.stringify(hello)}\n`);
    expect(ran.json).toMatchObject({ id: 1, result: { serverInfo: { name: 'alive' } } });
  });

  it('[EGRESS-9] runs on while the service is away, until a grant is taken back', { timeout: 60_000 }, async () => {
    const run = await openRun('alive');
    await cli.run(['serve', '--stop']);
    expect(await run.ask('ping')).toMatchObject({ result: {} });
    await ok(['update', 'alive', '--revoke-folder', 'shared']);
    expect(await run.ended).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^✗ Taken back from alive: folder \S+shared \(reading\); this run of it is ended\.$/m,
      ),
    });
  });

  it('[EGRESS-9] runs on until the server is deleted', { timeout: 60_000 }, async () => {
    const run = await openRun('planned');
    await ok(['delete', 'planned', '--json']);
    expect(await run.ended).toEqual({
      code: 3,
      stderr: expect.stringMatching(/^✗ planned was deleted; this run of it is ended\.$/m),
    });
  });

  it('[SERVICE-7] has a log of its own, whatever its name: that of the service is no server’s', async () => {
    await ok(['list', '--json']);
    expect(existsSync(join(cli.stateFolder, 'logs', '_service.log'))).toBe(true);
    expect(existsSync(join(cli.stateFolder, 'logs', 'service.log'))).toBe(false);
    expect(blueprint.shape.name.safeParse('service').success).toBe(true);
    expect(blueprint.shape.name.safeParse('_service').success).toBe(false);
  });

  it('[TRUE-3] is deleted with all that belongs to it, also in clients; one of another state folder stays', async () => {
    const [cursor, vscode] = [join(cli.folder, '.cursor', 'mcp.json'), join(cli.folder, '.vscode', 'mcp.json')];
    await ok(['connect', 'cursor', 'alive', '--json']);
    await ok(['connect', 'vscode', 'alive', '--project', '--json']);
    const elsewhere = readFileSync(vscode, 'utf8').replace(cli.stateFolder, `${cli.stateFolder}-of-others`);
    writeFileSync(vscode, elsewhere);
    const { json } = await ok(['delete', 'alive', '--json']);
    expect(existsSync(cursor)).toBe(false);
    expect(existsSync(vscode) && readFileSync(vscode, 'utf8')).toBe(elsewhere);
    expect(json).toEqual({ server: 'alive', deleted: true, disconnected: [cursor] });
    expect(cli.left().filter((place) => place.endsWith('/alive'))).toEqual([]);
    expect((await cli.run(['delete', 'alive', '--json'])).code).toBe(3);
  });
});

it('[CLI-16] doctor tells what the machine has, as JSON too', async () => {
  const ran = await cli.run(['doctor', '--json']);
  expect(ran.json).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ part: 'Sandbox' })]) });
  expect(ran.code).toBe(ran.json['ok'] === true ? 0 : 6);
});
