import { describe, expect, it } from 'vitest';
import { withCommandLine, wordForm, wordTool } from '../support/cli.ts';
import type { CommandLine, Ran } from '../support/cli.ts';

const cli: CommandLine = withCommandLine();

/** What every refusal has in common: one form of error, and nothing half done. */
async function refused(ran: Ran, code: string, exit: number): Promise<void> {
  const { error } = ran.json;
  expect(error, ran.stdout).toMatchObject({
    code,
    message: expect.stringMatching(/\w/),
    hint: expect.stringMatching(/\w/),
  });
  expect(ran.code).toBe(exit);
  expect(ran.stdout + ran.stderr).not.toMatch(/\n\s+at .+:\d+|node_modules|\/src\//);
  expect((await cli.run(['list', '--json'])).json.servers).toEqual([]);
  expect(cli.left()).toEqual([]);
}

describe('[CLI-1] [CLI-10] what is no request', () => {
  const requests: readonly [what: string, text: string, code: string, says: RegExp][] = [
    ['JSON that breaks off', '{"server_name": "a",\n "description": ', 'INVALID_INPUT', /line 2/],
    ['a file of JSON that is words', 'not json {', 'INVALID_INPUT', /“not json \{”/],
    ['JSON of no known kind', '{"a": 1}', 'UNKNOWN_KIND', /fields a/],
    ['a JSON array', '[1, 2]', 'UNKNOWN_KIND', /array/],
    ['a plan', '{"analysis": {}, "plan": {}}', 'UNKNOWN_KIND', /execute/],
    ['an empty file', '', 'INVALID_INPUT', /empty/],
    ['a key that poisons prototypes', '{"__proto__": {"x": 1}, "server_name": "a"}', 'INVALID_INPUT', /__proto__/],
    ['JSON nested without end', `{"server_name": ${'['.repeat(5000)}`, 'INVALID_INPUT', /100 levels/],
  ];
  it.each(requests)('%s is refused', async (_what, text, code, says) => {
    const ran = await cli.run(['create', cli.file('request.json', text), '--wait', '--json']);
    await refused(ran, code, 2);
    expect(JSON.stringify(ran.json.error)).toMatch(says);
  });

  it('YAML that is no API document is refused, and it is said what begins one', async () => {
    const ran = await cli.run(['create', cli.file('notes.yaml', 'Goal: read CSV files'), '--json']);
    await refused(ran, 'INVALID_INPUT', 2);
    expect(JSON.stringify(ran.json.error)).toContain('begins with `openapi: 3.1.1`');
  });

  it('fifty megabytes are refused, from a file and from standard input', async () => {
    const megabyte = `${'x'.repeat(1024 * 1024 - 1)}\n`;
    const big = cli.file('big.json', `{"description": "${megabyte.repeat(50)}"}`);
    await refused(await cli.run(['create', big, '--json']), 'INPUT_TOO_LARGE', 2);
    await refused(
      await cli.run(
        ['create', '-', '--json'],
        Array.from({ length: 50 }, () => megabyte),
      ),
      'INPUT_TOO_LARGE',
      2,
    );
    const six = cli.file('six.json', { ...wordForm('six'), description: megabyte.repeat(6) });
    await refused(await cli.run(['create', six, '--json']), 'INPUT_TOO_LARGE', 2);
  });

  it('a file that is not there and a folder are refused', async () => {
    await refused(await cli.run(['create', 'nowhere.json', '--json']), 'INVALID_INPUT', 2);
    await refused(await cli.run(['create', 'weather-api', '--form', '.', '--json']), 'INVALID_INPUT', 2);
  });
});

describe('[CLI-2] [CLI-10] a field at fault is named', () => {
  const forms: readonly [what: string, form: Record<string, unknown>, field: string, says: RegExp][] = [
    ['an unknown field', { ...wordForm('a'), descripton: 'x' }, 'descripton', /`description`/],
    [
      'an unknown field of a tool',
      wordForm('a', { implementaton: 'x' }),
      'custom_tools[0].implementaton',
      /`implementation`/,
    ],
    ['a field of another type', wordForm('a', {}, { capabilities: 'tools' }), 'capabilities', /given: tools/],
    ['a missing description', wordForm('a', { description: undefined }), 'custom_tools[0].description', /string/],
    ['an unknown complexity', wordForm('a', {}, { complexity: 'standart' }), 'complexity', /`standard`/],
    [
      'an unknown type of a parameter',
      wordForm('a', { parameters: { word: { type: 'strnig' } } }),
      'custom_tools[0].parameters.word.type',
      /`string`/,
    ],
  ];
  it.each(forms)('%s', async (_what, form, field, says) => {
    const ran = await cli.run(['create', cli.file('form.json', form), '--json']);
    await refused(ran, 'INVALID_INPUT', 2);
    expect(ran.json.error.problems.map((problem) => problem.field)).toContain(field);
    expect(ran.json.error.message + ran.json.error.hint).toMatch(says);
  });

  it('also in the words of a command', async () => {
    const lines: readonly (readonly [string[], RegExp])[] = [
      [['craete', 'x'], /create/],
      [['create', '--wiat', 'read csv files'], /--wait/],
      [['create', 'read csv files', '--port', 'abc'], /--port/],
      [['create', 'read csv files', '--port', '99999'], /65535/],
      [['create', 'read csv files', '--kind', 'letter'], /form, context, prompt/],
      [['create', 'read csv files', '--folder', '/data/../etc'], /folders\[0\]/],
      [['create', 'read csv files', '--allow-host', 'no host'], /allow_hosts\[0\]/],
      [['create', '-', '--prompt', 'read csv files'], /More than one request/],
      [['call', 'any', 'tool', '{'], /not JSON/],
    ];
    for (const [words, says] of lines) {
      const ran = await cli.run([...words, '--json']);
      await refused(ran, 'INVALID_INPUT', 2);
      expect(JSON.stringify(ran.json.error)).toMatch(says);
    }
  });

  it('is one line to read with what to do, and no JSON, without --json', async () => {
    const ran = await cli.run(['create', cli.file('form.json', { ...wordForm('a'), descripton: 'x' })]);
    expect(ran).toMatchObject({ code: 2, stdout: '' });
    expect(ran.stderr).toMatch(
      /^✗ The form is not valid: descripton: unknown field\.\n {2}→ Did you mean `description`\?/,
    );
  });
});

describe('[CLI-3] [CLI-10] names', () => {
  const tools: readonly [what: string, tools: unknown[], says: RegExp][] = [
    ['that are the same', [wordTool(), wordTool()], /two tools are named get_word/],
    ['that become the same', [wordTool(), wordTool({ name: 'getWord' })], /get_word and getWord both become get_word/],
    ['that are too long', [wordTool({ name: 'a'.repeat(70) })], /70 characters/],
    ['that are not ASCII', [wordTool({ name: 'wörter' })], /ASCII.*wörter/],
    ['that hold a path', [wordTool({ name: '../get_word' })], /paths/],
  ];
  it.each(tools)('of tools %s are refused', async (_what, custom, says) => {
    const ran = await cli.run([
      'create',
      cli.file('form.json', wordForm('named', {}, { custom_tools: custom })),
      '--json',
    ]);
    await refused(ran, 'INVALID_INPUT', 2);
    expect(ran.json.error.message).toMatch(says);
    expect(ran.json.error.problems[0]?.field).toMatch(/^custom_tools\[\d\]\.name$/);
  });

  it('of servers with a path, outside ASCII or too long are refused', async () => {
    const file = cli.file('form.json', wordForm('fine'));
    for (const name of ['../../etc', 'a/b', 'a\\b', 'wörter', 'x'.repeat(70), '7']) {
      await refused(await cli.run(['create', name, '--form', file, '--json']), 'INVALID_INPUT', 2);
      await refused(await cli.run(['create', cli.file('named.json', wordForm(name)), '--json']), 'INVALID_INPUT', 2);
    }
  });
});

describe('[CLI-4] [CLI-10] schemas', () => {
  const schemas: readonly [what: string, parameters: Record<string, unknown>, says: RegExp][] = [
    [
      'with a pattern that is no regular expression',
      { word: { type: 'string', pattern: '(?i)a' } },
      /regular expression/,
    ],
    ['with a keyword of a wrong type', { word: { type: 'string', minLength: 'x' } }, /minLength must be integer/],
    ['with a root that is no object', { type: 'array', items: { type: 'string' } }, /object root/],
    ['that refer to themselves', { node: { $ref: '#/properties/node' } }, /circular/],
    ['that are their own part', { type: 'object', properties: { child: { $ref: '#' } } }, /circular/],
    [
      'that come back to a definition',
      {
        type: 'object',
        properties: { n: { $ref: '#/$defs/n' } },
        $defs: { n: { type: 'object', properties: { n: { $ref: '#/$defs/n' } } } },
      },
      /circular/,
    ],
    ['that refer to nothing', { node: { $ref: '#/$defs/node' } }, /finds nothing/],
    ['that refer to another document', { node: { $ref: 'https://example.com/node.json' } }, /leads out/],
  ];
  it.each(schemas)('%s are refused', async (_what, parameters, says) => {
    const ran = await cli.run(['create', cli.file('form.json', wordForm('schema', { parameters })), '--json']);
    await refused(ran, 'INVALID_INPUT', 2);
    expect(ran.json.error.message).toMatch(says);
    expect(ran.json.error.problems[0]?.field).toMatch(/^custom_tools\[0\]\.parameters/);
  });

  it('of results are looked at in the same way', async () => {
    const output = { type: 'object', properties: { child: { $ref: '#' } } };
    const ran = await cli.run(['create', cli.file('form.json', wordForm('schema', { output })), '--json']);
    await refused(ran, 'INVALID_INPUT', 2);
    expect(ran.json.error.problems[0]?.field).toBe('custom_tools[0].output');
  });
});

describe('[CLI-8] [CLI-10] the number of tools', () => {
  it('three hundred are refused with one problem', async () => {
    const custom = Array.from({ length: 300 }, (_, index) => wordTool({ name: `get_word_${index}` }));
    const ran = await cli.run([
      'create',
      cli.file('many.json', wordForm('many', {}, { custom_tools: custom })),
      '--json',
    ]);
    await refused(ran, 'INVALID_INPUT', 2);
    expect(ran.json.error.problems).toMatchObject([
      { field: 'custom_tools', value: '300 tools', remedy: expect.stringContaining('Split') },
    ]);
  });

  it('none is refused, and a tool without code is named', async () => {
    await refused(
      await cli.run(['create', cli.file('none.json', wordForm('none', {}, { custom_tools: [] })), '--json']),
      'INVALID_INPUT',
      2,
    );
    const ran = await cli.run([
      'create',
      cli.file('open.json', wordForm('open', { implementation: undefined })),
      '--json',
    ]);
    await refused(ran, 'PENDING_TOOLS', 5);
    expect(ran.json.error.problems[0]?.field).toBe('tools.get_word');
  });
});

it('[CLI-5] [CLI-10] code that does not parse is refused with its line', async () => {
  const lines = {
    'const a = 1;\nreturn {': /line 2/,
    'return 1; } export const b = 2; function c() {': /line 1/,
    "return f'{word}'": /Python/,
  };
  for (const [implementation, says] of Object.entries(lines)) {
    const ran = await cli.run(['create', cli.file('form.json', wordForm('broken', { implementation })), '--json']);
    await refused(ran, 'INVALID_INPUT', 2);
    expect(ran.json.error.message + ran.json.error.hint).toMatch(says);
    expect(ran.json.error.problems[0]?.field).toBe('custom_tools[0].implementation');
  }
});
