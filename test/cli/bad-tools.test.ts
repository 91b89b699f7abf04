import { createServer } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { withCommandLine, wordForm } from '../support/cli.ts';
import type { CommandLine, Ran } from '../support/cli.ts';

const cli: CommandLine = withCommandLine();

const create = (name: string, tool: Record<string, unknown>, form: Record<string, unknown> = {}): Promise<Ran> =>
  cli.run(['create', cli.file(`${name}.json`, wordForm(name, tool, form)), '--wait', '--json']);

/** A build that failed says which tool and why, in its answer and in `status`, and leaves nothing of the server. */
async function failed(ran: Ran, name: string, code: string): Promise<void> {
  expect(ran.json, ran.stdout).toMatchObject({
    status: 'failed',
    server: name,
    error: { code, hint: expect.stringMatching(/\w/) },
  });
  expect(ran.code).toBe(code === 'PORT_TAKEN' ? 4 : 5);
  expect(ran.stdout + ran.stderr).not.toMatch(/\n\s+at .+:\d+|node_modules|\/src\/languages/);
  expect((await cli.run(['status', ran.json.build, '--json'])).json).toMatchObject({
    status: 'failed',
    error: { code },
  });
  expect((await cli.run(['list', '--json'])).json.servers.map((server) => server.name)).not.toContain(name);
  expect(cli.left().filter((place) => place.includes(name) || place.includes(ran.json.build))).toEqual([]);
}

/** Builds of tools that never return take their time; they run while the other tests do. */
const patient = { spin: '', hang: '' };
beforeAll(async () => {
  patient.spin = (
    await cli.run(['create', cli.file('spin.json', wordForm('spin', { implementation: 'while (true) {}' })), '--json'])
  ).json.build;
  patient.hang = (
    await cli.run([
      'create',
      cli.file('hang.json', wordForm('hang', { implementation: 'await new Promise(() => {}); return 1;' })),
      '--json',
    ])
  ).json.build;
});

describe('[CLI-5] [CLI-10] an implementation that throws', () => {
  it('fails the build when an example expects success, with the tool and its words', async () => {
    const ran = await create('throws', { implementation: 'throw new Error(`no such word: ${word}`);' });
    await failed(ran, 'throws', 'VERIFICATION_FAILED');
    expect(ran.json.error.message).toMatch(/get_word: .*no such word: tree/);
  });

  it('is a tool that answers with an error when that is what it is for', async () => {
    const ran = await create('strict', {
      implementation: 'throw new Error(`no such word: ${word}`);',
      examples: [{ arguments: { word: 'tree' }, expect: { isError: true } }],
    });
    expect(ran).toMatchObject({ code: 0, json: { status: 'success' } });
    const called = await cli.run(['call', 'strict', 'get_word', '{"word": "oak"}', '--json']);
    expect(called).toMatchObject({
      code: 1,
      json: { isError: true, content: [{ text: expect.stringContaining('no such word: oak') }] },
    });
    expect(called.stdout).not.toMatch(/\bat \S+:\d+/);
  });
});

describe('[CLI-5] [CLI-10] an implementation that ends the process', () => {
  const ways: readonly [what: string, name: string, implementation: string, says: RegExp][] = [
    ['by process.exit', 'exits', 'process.exit(0);', /get_word: .*process\.exit\(\)/],
    ['by process.abort', 'aborts', 'process.abort(); return { word };', /get_word: The server ended by SIG/],
    [
      'by a signal to itself',
      'kills',
      "process.kill(process.pid, 'SIGKILL'); return { word };",
      /get_word: The server ended by SIGKILL/,
    ],
  ];
  it.each(ways)('%s fails the build by name', async (_what, name, implementation, says) => {
    const ran = await create(name, { implementation });
    await failed(ran, name, 'VERIFICATION_FAILED');
    expect(ran.json.error.message).toMatch(says);
  });

  it('is found without any example', async () => {
    const ran = await create('quiet', { implementation: 'process.exit(0);', examples: [] });
    await failed(ran, 'quiet', 'VERIFICATION_FAILED');
    expect(ran.json.error.message).toMatch(/get_word: .*process\.exit\(\)/);
  });
});

it('[CLI-6] what an implementation prints is logged, and the protocol stays whole', async () => {
  const made = await create('prints', {
    implementation: "console.log('hello', word); process.stdout.write('{\"raw\"\\n'); return { word };",
  });
  expect(made).toMatchObject({ code: 0, json: { status: 'success' } });
  const called = await cli.run(['call', 'prints', 'get_word', '{"word": "oak"}', '--json']);
  expect(called).toMatchObject({ code: 0, json: { structuredContent: { word: 'oak' } } });
  const { stdout } = await cli.run(['logs', 'prints']);
  expect(stdout).toContain('hello oak');
});

it('[CLI-7] [CLI-10] a dependency that does not exist is named', async () => {
  const ran = await create('lonely', {}, { dependencies: ['mcp-crafter-no-such-package-7f3a'] });
  await failed(ran, 'lonely', 'DEPENDENCY_UNAVAILABLE');
  expect(ran.json.error.message).toContain('mcp-crafter-no-such-package-7f3a');
});

it('[CLI-3] a name in use is refused, and the server of that name stays as it was', async () => {
  const made = await create('taken', {});
  expect(made.code).toBe(0);
  const again = await create('taken', { implementation: "return { word: 'other' };" });
  expect(again).toMatchObject({
    code: 4,
    json: { error: { code: 'NAME_TAKEN', hint: expect.stringContaining('update taken') } },
  });
  expect(again.json.error.problems[0]).toMatchObject({ field: 'server_name', value: 'taken' });
  const called = await cli.run(['call', 'taken', 'get_word', '{"word": "oak"}', '--json']);
  expect(called.json).toMatchObject({ structuredContent: { word: 'oak' } });
});

it('[CLI-9] [CLI-10] a port that is taken is refused, and a server that runs goes on', async () => {
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const { port } = other.address() as { port: number };
  try {
    const made = await cli.run([
      'create',
      cli.file('crowded.json', wordForm('crowded')),
      '--port',
      String(port),
      '--wait',
      '--json',
    ]);
    await failed(made, 'crowded', 'PORT_TAKEN');
    expect(made.json.error.message).toContain(String(port));

    expect(
      (await cli.run(['create', cli.file('calm.json', wordForm('calm')), '--start', '--wait', '--json'])).code,
    ).toBe(0);
    const moved = await cli.run(['start', 'calm', '--port', String(port), '--json']);
    expect(moved).toMatchObject({
      code: 4,
      json: { error: { code: 'PORT_TAKEN', hint: expect.stringContaining('--port') } },
    });
    const { servers } = (await cli.run(['list', '--json'])).json;
    expect(servers.find((server) => server.name === 'calm')?.status).toBe('running');
    expect((await cli.run(['delete', 'calm', '--json'])).code).toBe(0);
  } finally {
    other.close();
  }
});

describe('[CLI-5] [CLI-10] an implementation that never returns', () => {
  const ways = { spin: 'an endless loop', hang: 'a promise that never settles' } as const;
  it.each(Object.entries(ways))(
    '%s (%s) fails the build with the time it was given',
    async (name) => {
      const build = patient[name as keyof typeof patient];
      const ran = await cli.run(['status', build, '--wait', '--json']);
      await failed({ ...ran, json: { ...ran.json, build } }, name, 'VERIFICATION_FAILED');
      expect(ran.json.error.message).toMatch(/get_word: No answer within \d+ seconds/);
    },
    90_000,
  );

  it('also when the server itself ends the call after the limit that a constraint sets', async () => {
    const ran = await create(
      'limited',
      { implementation: 'await new Promise(() => {}); return 1;' },
      { constraints: ['Each call under 2 seconds'] },
    );
    await failed(ran, 'limited', 'VERIFICATION_FAILED');
    expect(ran.json.error.message).toMatch(/get_word: .*did not finish within 2 seconds/);
  });

  it('leaves no process behind', async () => {
    await expect.poll(() => cli.sandboxes(), { timeout: 10_000 }).toEqual([]);
  });
});
