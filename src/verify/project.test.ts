import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTypescript } from '../languages/typescript/index.ts';
import { openSandbox, type Sandbox } from '../sandbox/index.ts';
import { blueprint, type Bundle, type Language, type Report } from '../spec/index.ts';
import { createLeaks, sandboxPaths } from './harness/leaks.ts';
import { createVerifier } from './verifier.ts';

let stateFolder: string;
let sandbox: Sandbox;
let language: Language;
let number = 0;

beforeAll(async () => {
  stateFolder = await mkdtemp(join(tmpdir(), 'project-'));
  sandbox = await openSandbox({ stateFolder });
  language = createTypescript({ sandbox, stateFolder });
});
afterAll(() => rm(stateFolder, { recursive: true, force: true }));

const text = { type: 'string', description: 'A text to work on.', maxLength: 1000 };
const tool = (name: string, code: string, more: object = {}) => ({
  name,
  title: name,
  description: `Works on a text by way of ${name}. Returns the outcome. Does not send it anywhere.`,
  input: { type: 'object', properties: { text }, required: ['text'], additionalProperties: false },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  implementation: { kind: 'code', code },
  examples: [],
  ...more,
});
const writing = { readOnlyHint: false, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const reaching = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true };

const operation = (name: string, more: object = {}) => ({
  ...tool(name, ''),
  annotations: reaching,
  implementation: {
    kind: 'http',
    method: 'GET',
    path: '/texts',
    parameters: [{ argument: 'text', name: 'text', in: 'query', style: 'form', explode: true, required: true }],
    security: [{ key: [] }],
    accept: ['application/json'],
    ...more,
  },
});
const api = {
  title: 'Texts',
  version: '1',
  servers: [{ url: 'https://texts.example', variable: 'API_BASE_URL' }],
  security: { key: { type: 'apiKey', in: 'header', name: 'X-Key', variable: 'TEXTS_KEY' } },
};

async function verifyTools(tools: object[], more: object = {}): Promise<Report & { bundle: Bundle | undefined }> {
  const name = `trial-${++number}`;
  const provenance = { source: 'form', digest: 'none' };
  const made = blueprint.parse({
    format: 1,
    name,
    version: '1.0.0',
    title: name,
    description: 'For trial.',
    language: 'typescript',
    provenance,
    tools,
    ...more,
  });
  const files = language.generate({
    blueprint: made,
    recipes: new Map(),
    readModule: () => '',
    crafterVersion: '0.0.0',
  });
  const projectDir = join(stateFolder, name);
  for (const [path, file] of files) {
    await mkdir(dirname(join(projectDir, path)), { recursive: true });
    await writeFile(join(projectDir, path), file.text);
  }
  const work = { signal: AbortSignal.timeout(55_000), progress: () => undefined };
  const dependencies = await language.install(made, work);
  const verifier = createVerifier({ sandbox, stateFolder, version: '0.0.0' });
  let bundle: Bundle | undefined;
  const bundleDir = join(stateFolder, `${name}-bundle`);
  const report = await verifier.verify(
    {
      kind: 'project',
      blueprint: made,
      projectDir,
      dependencies,
      language,
      bundleDir,
      onBundle: (done) => (bundle = done),
    },
    work,
  );
  return { ...report, bundle };
}

const failures = (report: Report): string[] =>
  report.checks
    .filter(({ status, severity }) => status === 'failed' && severity === 'error')
    .map(({ check, message }) => `${check}: ${message}`);
const outcome = (report: Report, check: string): string | undefined =>
  report.checks.find((one) => one.check === check)?.status;

describe('a generated server', () => {
  it('[VERIFY-1] that does what it promises passes with every level full', async () => {
    const shout = tool('shout_text', 'return { loud: text.toUpperCase() };', {
      output: {
        type: 'object',
        properties: { loud: { type: 'string', description: 'In capitals.' } },
        required: ['loud'],
      },
      examples: [{ arguments: { text: 'hi' }, expect: { equals: { loud: 'HI' } } }],
    });
    const count = tool('count_letters', 'return text.length;', {
      examples: [{ arguments: { text: 'four' }, expect: { equals: 4 } }],
    });
    const refuse = tool('refuse_empty', "if (text === '') throw new Error('Give a text.'); return text;", {
      examples: [{ arguments: { text: '' }, expect: { isError: true } }],
    });
    const report = await verifyTools([shout, count, refuse]);
    expect(failures(report)).toEqual([]);
    expect(report).toMatchObject({ success: true, score: 100, findings: [] });
    expect(report.levels.every(({ passed, applicable }) => passed === applicable && applicable > 5)).toBe(true);
    expect(report.bundle?.bytes).toBeGreaterThan(1000);
    expect(outcome(report, 'examples/1/shout_text')).toBe('passed');
  });

  it('[VERIFY-5] [VERIFY-10] whose example lies and whose code runs text fails by name', async () => {
    const report = await verifyTools([
      tool('run_text', 'return eval(text);', { examples: [{ arguments: { text: '1 + 1' }, expect: { equals: 3 } }] }),
    ]);
    expect(report.success).toBe(false);
    expect(failures(report)).toContainEqual(expect.stringMatching(/^examples\/1\/run_text: Expected 3/));
    expect(report.findings).toContainEqual(
      expect.objectContaining({
        type: 'code_injection',
        severity: 'critical',
        tool: 'run_text',
        line: expect.any(Number),
      }),
    );
  });

  it('[VERIFY-2] that does not type-check or bundle fails L1 at the line', async () => {
    const report = await verifyTools([tool('break_types', 'const a: number = "x"; return { a, b: missing };')]);
    expect(failures(report)).toContainEqual(expect.stringMatching(/^builds\/types\/1\/break_types: .*\d/));
    expect(report.success).toBe(false);
  });

  it('[VERIFY-6] that claims to only read and writes, or to stay inside and asks a host, is found out', async () => {
    const note = tool('keep_note', "await context.folders.writeText('note.txt', text); return text;", {
      examples: [{ arguments: { text: 'a' } }],
    });
    const ask = tool(
      'ask_host',
      "const answer = await context.fetch('https://api.example.com/'); return { status: answer.status };",
      { examples: [{ arguments: { text: 'a' } }] },
    );
    const report = await verifyTools([note, ask], { grants: { hosts: [{ host: 'api.example.com' }] } });
    expect(failures(report)).toContainEqual(expect.stringMatching(/^examples\/1\/keep_note: .*claims to only read/));
    expect(failures(report)).toContainEqual(expect.stringMatching(/^read_only\/keep_note: /));
    expect(failures(report)).toContainEqual(expect.stringMatching(/^examples\/1\/ask_host: .*claims to stay inside/));
  });
});

describe('the limits of the request', () => {
  const measure = (code: string) =>
    tool('measure_file', code, {
      input: {
        type: 'object',
        properties: { path: { type: 'string', description: 'File to measure.', maxLength: 200 } },
        required: ['path'],
        additionalProperties: false,
      },
      examples: [
        { arguments: { path: 'a.csv' }, files: { 'a.csv': 'name,size\nanna,4\n' }, expect: { contains: 'length' } },
      ],
    });

  it('[VERIFY-8] a file of the limit is accepted in time and one byte more refused', async () => {
    const report = await verifyTools([measure('return { length: (await context.folders.readText(path)).length };')], {
      limits: { maxInputBytes: 20_000, maxSeconds: 5 },
    });
    expect(failures(report)).toEqual([]);
    for (const check of ['limits/input/accepted', 'limits/input/refused', 'limits/time'])
      expect(outcome(report, `${check}/measure_file`)).toBe('passed');
  });

  it('[VERIFY-8] a tool that reads past the limit is found out', async () => {
    const code =
      "const { readFile } = await import('node:fs/promises'); const found = await context.folders.toRead(path); return { length: (await readFile(found, 'utf8')).length };";
    const report = await verifyTools([measure(code)], { limits: { maxInputBytes: 20_000 } });
    expect(failures(report)).toContainEqual(expect.stringMatching(/^limits\/input\/refused\/measure_file: /));
  });

  it('[VERIFY-8] rate and retries are tried against a stand-in for the network', async () => {
    const more = {
      grants: { hosts: [{ host: 'api.example.com' }] },
      limits: { calls: { count: 40, seconds: 3600 }, retries: 2 },
    };
    const code =
      "const answer = await FETCH('https://api.example.com/' + encodeURIComponent(text)); if (!answer.ok) throw new Error('The API answered ' + answer.status + '.'); return { status: answer.status };";
    const kept = await verifyTools(
      [tool('ask_api', code.replace('FETCH', 'context.fetch'), { annotations: reaching })],
      more,
    );
    expect(failures(kept)).toEqual([]);
    expect([outcome(kept, 'limits/retries/ask_api'), outcome(kept, 'limits/calls/ask_api')]).toEqual([
      'passed',
      'passed',
    ]);
    const broken = await verifyTools(
      [tool('ask_api', code.replace('FETCH', 'globalThis.fetch'), { annotations: reaching })],
      more,
    );
    expect([outcome(broken, 'limits/retries/ask_api'), outcome(broken, 'limits/calls/ask_api')]).toEqual([
      'failed',
      'failed',
    ]);
  });
});

describe('expected outputs', () => {
  it('[VERIFY-9] are found in what the tools really produce, in the order of the flow', async () => {
    const make = tool(
      'make_report',
      "await context.folders.writeText('report.json', JSON.stringify({ text })); return { dataset: 'made', file: 'report.json' };",
      { annotations: writing, examples: [{ arguments: { text: 'a' } }] },
    );
    const broken = tool(
      'write_summary',
      "await context.folders.writeText('summary.json', '{'); return { file: 'summary.json' };",
      { annotations: writing, examples: [{ arguments: { text: 'a' } }] },
    );
    const report = await verifyTools([make, broken], {
      flow: [
        { tool: 'write_summary', after: ['make_report'] },
        { tool: 'make_report', after: [] },
      ],
      expectedOutputs: [
        { description: 'A report in JSON', tool: 'make_report' },
        { description: 'A summary in JSON' },
        { description: 'Zebra' },
      ],
    });
    expect(outcome(report, 'expected_output/1/make_report')).toBe('passed');
    expect(failures(report)).toEqual([expect.stringMatching(/^expected_output\/2\/write_summary: .*not valid JSON/)]);
    expect(report.checks).toContainEqual(
      expect.objectContaining({ check: 'expected_output/3', status: 'failed', severity: 'warning' }),
    );
  });
});

it('[VERIFY-4] leaks are a stack, a path of the machine or a secret; the workspace is none', () => {
  const leaks = createLeaks(['/srv/projects/a'], () => ['canary123'], ['/srv/projects/a/tmp/w']);
  expect(leaks('Failed.\n    at run (file:///app/main.mjs:3:7)')).toEqual(['a stack trace']);
  expect(leaks('No file /srv/projects/a/src/x.ts')).toEqual(['a path of the machine (/srv/projects/a)']);
  const inside = createLeaks(sandboxPaths, () => [], []);
  expect(inside('Cannot find /app/chunk-AB.mjs')).toEqual(['a path of the machine (/app/chunk-)']);
  expect(inside('GET /app/installations: List installations')).toEqual([]);
  expect(leaks('token canary123 refused')).toEqual(['a secret']);
  expect(leaks('Written to /srv/projects/a/tmp/w/out.json at 12:30:45')).toEqual([]);
});

describe('a server of an API', () => {
  it(
    '[OPENAPI-SERVER-9] has every operation called, listed or not, and each request judged',
    { timeout: 120_000 },
    async () => {
      const part = (name: string) => ({
        ...tool(`call_${name}_operation`, ''),
        input: callInput,
        annotations: reaching,
        implementation: { kind: 'catalogue', part: name },
      });
      const callInput = {
        type: 'object',
        properties: { operation: text, arguments: { type: 'object', description: 'Its arguments.' } },
        required: ['operation'],
      };
      const environment = [{ name: 'TEXTS_KEY', secret: true, description: 'Key of the API.' }];
      // All at once where paths tell them apart, else one after the other: two share theirs.
      const catalogue = [
        operation('get_same'),
        ...Array.from({ length: 90 }, (_, index) => operation(`get_text_${index}`, { path: `/texts/${index}` })),
      ];
      const good = await verifyTools([operation('get_text'), part('read')], { api, catalogue, environment });
      const told = ({ checks }: Report) => checks.filter(({ check }) => check.startsWith('api_requests'));
      expect(told(good).map(({ message }) => message)).toEqual([
        '92 of 92 operations make the request that was asked for.',
      ]);
      expect(good.success).toBe(true);
      // A server that the API does not have, so the request goes elsewhere; and a method that no stand-in can receive.
      const lost = operation('get_lost', { server: 3 });
      const bad = await verifyTools([lost, operation('make_text', { method: 'MAKE' })], { api, environment });
      expect(told(bad).map(({ status, check, message }) => [status, check, message.slice(0, 21)])).toEqual([
        ['failed', 'api_requests/get_lost', 'get_lost: the path is'],
        ['skipped', 'api_requests/skipped/1', '1 not tried: no stand'],
      ]);
      expect(bad.success).toBe(false);
    },
  );

  it(
    '[VERIFY-20] is served when some operations are judged wrong, by name, unless most are or it is to be strict',
    {
      timeout: 120_000,
    },
    async () => {
      const environment = [{ name: 'TEXTS_KEY', secret: true, description: 'Key of the API.' }];
      const right = operation('get_text');
      const lost = operation('get_lost', { server: 3 });
      const verify = (tools: object[], given: object = api) => verifyTools(tools, { api: given, environment });
      const [served, strict, most] = await Promise.all([
        verify([right, lost]),
        verify([right, lost], { ...api, strict: true }),
        verify([right, lost, operation('find_lost', { server: 3 })]),
      ]);
      const told = ({ checks }: Report) => checks.find(({ check }) => check === 'api_requests/get_lost');
      expect(told(served)).toMatchObject({ status: 'failed', severity: 'warning' });
      expect(served.success).toBe(true);
      for (const report of [strict, most]) {
        expect(told(report)).toMatchObject({ status: 'failed', severity: 'error' });
        expect(report.success).toBe(false);
      }
    },
  );
});
