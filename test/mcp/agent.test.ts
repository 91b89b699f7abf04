import { cpSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withCommandLine } from '../support/cli.ts';
import { listen, sendJson } from '../support/loopback.ts';
import { withAgent } from './with-agent.ts';

const cli = withCommandLine();
const agent = withAgent(cli);
const older = withAgent(cli, 'legacy');

const rates = 'const rates: Record<string, number> = { EUR: 1, USD: 1.08, GBP: 0.85 };';
const convert = {
  name: 'convert_currency',
  description: 'Converts an amount between EUR, USD and GBP by a fixed table and returns it. Does not fetch rates.',
  parameters: {
    amount: { type: 'number', description: 'Amount to convert.' },
    from: { type: 'string', description: 'Currency it is in.', enum: ['EUR', 'USD', 'GBP'] },
    to: { type: 'string', description: 'Currency to convert to.', enum: ['EUR', 'USD', 'GBP'] },
  },
  implementation: `${rates}\nreturn { amount: (amount / rates[from]!) * rates[to]! };`,
  examples: [{ arguments: { amount: 100, from: 'EUR', to: 'USD' }, expect: { equals: { amount: 108 } } }],
};
const currency = (change: Record<string, unknown> = {}) => ({
  server_name: 'currency',
  description: 'Converts currencies.',
  custom_tools: [{ ...convert, ...change }],
  wait: true,
});

describe('the listing', () => {
  it('[MCP-1] is the same in both eras, described to the last field, and short', async () => {
    const { tools } = await agent.client.listTools();
    expect((await older.client.listTools()).tools.map(({ name }) => name)).toEqual(tools.map(({ name }) => name));
    expect(tools.map(({ name }) => name).toSorted()).toEqual([
      'call_tool',
      'create_mcp_server',
      'delete_server',
      'eject_tools',
      'get_build_status',
      'get_server_info',
      'list_servers',
      'plan_server',
      'update_server',
    ]);
    for (const { name, inputSchema } of tools) {
      expect(inputSchema.type, name).toBe('object');
      for (const [field, schema] of Object.entries(inputSchema.properties ?? {}))
        expect((schema as { description?: string }).description?.length, `${name}.${field}`).toBeGreaterThan(9);
    }
    expect(JSON.stringify(tools).length / 4).toBeLessThanOrEqual(4500);
  });
});

describe('mistakes', () => {
  const refused: readonly [string, string, Record<string, unknown>, RegExp][] = [
    [
      'other names for fields',
      'create_mcp_server',
      { name: 'x', tools: [] },
      /name: .*`server_name`[^]*`custom_tools`/,
    ],
    ['a list of parameters', 'create_mcp_server', currency({ parameters: ['amount'] }), /parameters: .*object/],
    [
      'other names in a tool',
      'create_mcp_server',
      currency({ inputSchema: {}, code: '' }),
      /`parameters`[^]*`implementation`/,
    ],
    ['Python', 'create_mcp_server', currency({ implementation: 'return f"{kwargs[0]}"' }), /Python[^]*TypeScript/],
    [
      'code that does not parse',
      'create_mcp_server',
      currency({ implementation: 'const x = ;' }),
      /line 1[^]*const x = ;/,
    ],
    [
      'a whole function',
      'create_mcp_server',
      currency({ implementation: 'async (args) => args' }),
      /whole function.*only its body/,
    ],
    ['no return', 'create_mcp_server', currency({ implementation: 'amount * 2' }), /returns nothing.*`return`/],
    [
      'examples of another shape',
      'create_mcp_server',
      currency({ examples: [{ input: {}, output: 1 }] }),
      /`arguments`[^]*`expect`/,
    ],
    ['a vague wish', 'create_mcp_server', { prompt: 'make something useful' }, /NEEDS_ANSWERS[^]*What should/],
    ['a server that does not exist', 'call_tool', { server: 'currencie', tool: 'x' }, /NOT_FOUND[^]*list_servers/],
    ['no server named', 'call_tool', { name: 'convert' }, /server: .*string[^]*tool: .*string/],
  ];
  it.each(refused)('[MCP-4] %s: the answer says what to do', async (_what, tool, args, words) => {
    const { isError, text } = await agent.call(tool, args);
    expect(isError).toBe(true);
    expect(text).toMatch(words);
    expect(text).not.toMatch(/\bmcp-crafter (?:create|list|show|status|update|delete|call|plan)\b/);
  });
});

it('[SERVICE-5] an agent is told no token of a server', async () => {
  const { isError, text } = await agent.call('get_server_info', { server: 'currency', with_token: true });
  expect([isError, text]).toEqual([true, expect.stringMatching(/FORBIDDEN[^]*only the command line/)]);
});

describe('wishes', () => {
  it('[MCP-2] [MCP-4] [MCP-5] [EGRESS-10] a tool with a fixed table, in the older era: wrong once, then right, then called', async () => {
    const wrong = { arguments: { amount: 100, from: 'EUR', to: 'USD' }, expect: { equals: { amount: 109 } } };
    const first = await older.call('create_mcp_server', currency({ examples: [wrong] }));
    expect(first).toMatchObject({ isError: true, data: { status: 'failed' } });
    expect(first.text).toMatch(/Expected.*109.*108[^]*create_mcp_server again/);
    const { wait: _, ...form } = currency({ name: 'Convert Currency' });
    const queued = await older.call('create_mcp_server', { form: { ...form, hosts: ['127.0.0.1:5432'] } });
    expect(queued.data['notes']).toContain('The form grants it: host 127.0.0.1:5432.');
    expect(queued.data['message']).toContain('get_build_status');
    const built = await older.call('get_build_status', { build: queued.data['build'], wait: true });
    expect(built.data).toMatchObject({ status: 'success', report: { success: true } });
    const used = { server: 'currency', tool: 'convert_currency', arguments: { amount: 10, from: 'EUR', to: 'GBP' } };
    expect(await older.call('call_tool', used)).toMatchObject({ isError: false, data: { amount: 8.5 } });
    expect((await older.call('call_tool', { ...used, tool: 'convert' })).text).toContain('convert_currency');
    const taken = await older.call('create_mcp_server', currency());
    expect(taken.text).toMatch(/NAME_TAKEN[^]*update_server \{"server":"currency"\}[^]*delete_server/);
  });

  it('[MCP-3] [MCP-10] the documented call, then the host that its code needs', async () => {
    const api = await listen((request, response) => sendJson(response, 200, { temp: 21, for: request.url }));
    try {
      const created = await agent.call('create_mcp_server', weather(api.url));
      expect(created).toMatchObject({
        isError: false,
        data: { status: 'success', tools: ['get_weather(city: string, units?: string)'] },
      });
      for (const word of ['monitoring', 'caching', 'docker', 'compose', 'httpx', 'redis'])
        expect(created.data['notes'], word).toContainEqual(expect.stringContaining(word));
      const grant = { server: 'weather-api', allow_hosts: [api.host] };
      expect(created.data['notes']).toContainEqual(expect.stringContaining(`update_server ${JSON.stringify(grant)}`));
      const call = { server: 'weather-api', tool: 'get_weather', arguments: { city: 'Bern' } };
      expect(await agent.call('call_tool', call)).toMatchObject({
        isError: true,
        text: expect.stringContaining(api.host),
      });
      expect(await agent.call('update_server', { ...grant, wait: true })).toMatchObject({
        data: { status: 'success' },
      });
      expect((await agent.call('call_tool', call)).data).toEqual({ temp: 21, for: '/?city=Bern&units=metric' });
    } finally {
      await api.close();
    }
  });

  it('[MCP-7] [MCP-11] a tool that signs with a secret; then a second tool and a mended first', async () => {
    const hmac = "createHmac('sha256', context.secret('SIGNING_SEED')).update(text)";
    const head = "const { createHmac } = await import('node:crypto');";
    const text = { type: 'string', description: 'Text to sign.', maxLength: 1000 };
    const sign = {
      name: 'sign_text',
      description: 'Signs a text with HMAC-SHA-256 and returns the signature in hexadecimal. Does not keep the text.',
      parameters: { text },
      implementation: `${head}\nreturn { signature: ${hmac}.digest('base64') };`,
    };
    const created = await agent.call('create_mcp_server', {
      server_name: 'signer',
      description: 'Signs.',
      custom_tools: [sign],
      wait: true,
    });
    expect(created.data['notes']).toContainEqual(
      expect.stringContaining('update_server {"server":"signer","environment"'),
    );
    const secret = { server: 'signer', environment: { SIGNING_SEED: 'seed-4711-of-tests' }, wait: true };
    expect((await agent.call('update_server', secret)).data['status']).toBe('success');
    const mended = { name: 'sign_text', implementation: `${head}\nreturn { signature: ${hmac}.digest('hex') };` };
    const length = {
      ...sign,
      name: 'get_length',
      description: 'Returns the length of a text. Does not keep it.',
      implementation: 'return { length: text.length };',
    };
    const updated = await agent.call('update_server', { server: 'signer', custom_tools: [mended, length], wait: true });
    expect(updated.data).toMatchObject({ status: 'success', version: '1.1.0' });
    expect(updated.data['tools']).toEqual(['sign_text(text: string)', 'get_length(text: string)']);
    const signed = await agent.call('call_tool', { server: 'signer', tool: 'sign_text', arguments: { text: 'hello' } });
    expect(signed.data['signature']).toMatch(/^[0-9a-f]{64}$/);
    const shown = await agent.call('get_server_info', { server: 'signer' });
    expect(shown.data['environment']).toMatchObject([{ name: 'SIGNING_SEED', secret: true, set: true }]);
    const { project } = shown.data['folders'] as { project: string };
    const written = readdirSync(project, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const entry of written)
      expect(readFileSync(join(entry.parentPath, entry.name), 'utf8'), entry.name).not.toContain('seed-4711');
    expect([created, updated, shown].map((answer) => answer.text).join('')).not.toContain('seed-4711');
  });

  it('[MCP-6] what no recipe covers: named, then made from its code beside the same request', async () => {
    const prompt = 'Post my meeting notes to Slack.';
    const refused = await agent.call('create_mcp_server', { prompt, wait: true });
    expect(refused.text).toMatch(/PENDING_TOOLS[^]*slack[^]*custom_tools[^]*implementation[^]*allow_hosts/i);
    const post = {
      name: 'post_notes',
      description: 'Posts notes to Slack through an incoming webhook. Returns the status. Does not format them.',
      parameters: { notes: { type: 'string', description: 'The notes.', maxLength: 10_000 } },
      implementation:
        "const answer = await fetch(context.secret('SLACK_URL'), { method: 'POST', body: JSON.stringify({ text: notes }) });\nreturn { status: answer.status };",
    };
    const made = await agent.call('create_mcp_server', {
      prompt,
      server_name: 'notes',
      custom_tools: [post],
      wait: true,
    });
    expect(made.data).toMatchObject({ status: 'success', server: 'notes', tools: ['post_notes(notes: string)'] });
  });

  it('[MCP-2] [MCP-8] [MCP-9] a CSV of a granted folder becomes clean JSON, and the rows stay in the server', async () => {
    const folder = join(cli.folder, 'mine');
    mkdirSync(folder);
    cpSync(resolve(import.meta.dirname, '../../examples/customers.csv'), join(folder, 'customers.csv'));
    const prompt =
      'Clean the CSV of customers in my folder, check e-mail addresses, and give me the clean rows as JSON.';
    const planned = await agent.call('plan_server', { prompt });
    expect(planned.text.length / 4).toBeLessThan(1500);
    expect(planned.data).toMatchObject({ plan: { grantsNeeded: [expect.stringContaining('folders')] } });
    const made = await agent.call('create_mcp_server', {
      prompt,
      server_name: 'cleaner',
      folders: [folder],
      wait: true,
    });
    expect(made.text.length / 4).toBeLessThan(600);
    const tools = (made.data['tools'] as string[]).map((signature) => signature.replace(/\(.*/, ''));
    expect(tools).toEqual(expect.arrayContaining(['csv_processor', 'data_validator', 'json_exporter']));
    const shown = await agent.call('get_server_info', { server: 'cleaner' });
    expect(shown.text.length / 4).toBeLessThan(4000);
    const use = async (tool: string, args: Record<string, unknown>) => {
      const answer = await agent.call('call_tool', { server: 'cleaner', tool, arguments: args });
      expect(answer, answer.text).toMatchObject({ isError: false });
      expect(answer.text.length).toBeLessThan(8000);
      return answer.data;
    };
    const read = await use('csv_processor', { path: join(folder, 'customers.csv') });
    const cleaned = await use('data_transformer', { dataset: read['dataset'] });
    const checked = await use('data_validator', { dataset: cleaned['dataset'] });
    expect(checked).toMatchObject({ rows: 24, validRows: expect.any(Number) });
    const { file } = await use('json_exporter', { dataset: checked['validDataset'] });
    const { workspace } = shown.data['folders'] as { workspace: string };
    expect(JSON.parse(readFileSync(join(workspace, String(file)), 'utf8'))).toHaveLength(checked['validRows'] as number);
  });
});

const weather = (url: string) => ({
  server_name: 'weather-api',
  description: 'Weather API MCP server',
  complexity: 'advanced',
  capabilities: ['tools', 'monitoring', 'caching'],
  custom_tools: [
    {
      name: 'get_weather',
      description: 'Get current weather for a city',
      parameters: {
        city: { type: 'string', description: 'City name' },
        units: { type: 'string', enum: ['metric', 'imperial'], default: 'metric' },
      },
      implementation: `const answer = await fetch(\`${url}/?city=\${encodeURIComponent(city)}&units=\${units}\`);\nreturn await answer.json();`,
    },
  ],
  dependencies: ['httpx', 'redis'],
  environment_vars: { WEATHER_API_KEY: 'your-api-key', REDIS_URL: 'redis://localhost:6379/0' },
  deployment_config: { docker: true, compose: true, kubernetes: false },
  wait: true,
});
