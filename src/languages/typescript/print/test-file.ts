import type { Blueprint, Json } from '../../../spec/index.ts';
import { isApiTool } from './api-file.ts';
import { literal } from './literal.ts';

/** tests/server.test.ts: starts the server as a client would and runs every tool's examples. */
export function testFile({ tools }: Blueprint): string {
  const ofApi = tools.length > 0 && tools.every(isApiTool);
  const examples = tools.flatMap(({ name, examples }) => examples.map((example) => ({ tool: name, ...example })));
  const names: Json = tools.map(({ name }) => name);
  return `${head(examples.length > 0, ofApi)}${ofApi ? namesOfApi : `const names: string[] = ${literal(names)};`}
${examples.length > 0 ? `\n${exampleTypes}const examples: Example[] = ${literal(examples as unknown as Json)};\n` : ''}
${setUp(examples.length > 0)}
test('lists its tools, each with a description and an object schema', async () => {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map(({ name }) => name).toSorted(), names.toSorted());
  for (const { description, inputSchema } of tools) assert.ok(description && inputSchema.type === 'object');
});
${examples.length > 0 ? exampleTests : ''}`;
}

/** The tools of an API are data beside the code. */
const namesOfApi = `const api = JSON.parse(readFileSync(new URL('../src/api.json', import.meta.url), 'utf8')) as ApiFile;
const names = api.tools.map(({ name }) => name);`;

const head = (files: boolean, ofApi: boolean): string => `import assert from 'node:assert/strict';
${ofApi ? "import { readFileSync } from 'node:fs';\n" : ''}import { ${files ? 'mkdir, mkdtemp, rm, writeFile' : 'mkdtemp, rm'} } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { ${files ? 'dirname, join' : 'join'} } from 'node:path';
import { after, before, test } from 'node:test';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
${ofApi ? "import type { ApiFile } from '../src/modules/api-file.ts';\n" : ''}
`;

const exampleTypes = `interface Example {
  tool: string;
  arguments: Record<string, unknown>;
  /** Files laid into the workspace before the call. */
  files?: Record<string, string>;
  expect?: { equals: unknown } | { contains: string } | { matches: string } | { isError: boolean };
}

`;

function setUp(files: boolean): string {
  return `let client: Client;
let workspace: string;

before(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'server-test-'));
  client = new Client({ name: 'test', version: '1.0.0' });
  const env = { ...process.env, MCP_WORKSPACE: workspace } as Record<string, string>;
  await client.connect(new StdioClientTransport({ command: process.execPath, args: ['src/main.ts'], env, stderr: 'ignore' }));
});

after(async () => {
  await client.close();
  await rm(workspace, { recursive: true, force: true });
});
${
  files
    ? `
async function lay(files: Record<string, string>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(workspace, name)), { recursive: true });
    await writeFile(join(workspace, name), text);
  }
}
`
    : ''
}`;
}

const exampleTests = `
for (const [index, { tool, arguments: args, files, expect }] of examples.entries()) {
  test(\`example \${index + 1}: \${tool}\`, async () => {
    await lay(files ?? {});
    const result = await client.callTool({ name: tool, arguments: args });
    const text = result.content.map((part) => ('text' in part ? part.text : '')).join('\\n');
    assert.equal(result.isError ?? false, expect !== undefined && 'isError' in expect && expect.isError, text);
    if (expect === undefined) return;
    if ('equals' in expect) assert.deepEqual(result.structuredContent, asObject(expect.equals));
    if ('contains' in expect) assert.ok(text.includes(expect.contains), text);
    if ('matches' in expect) assert.match(text, new RegExp(expect.matches));
  });
}

/** A value that is no object comes back as \`{ result }\`. */
function asObject(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : { result: value };
}
`;
