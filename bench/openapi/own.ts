import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Api } from '../../src/spec/index.ts';
import { showRows, type Row } from '../row.ts';
import { createWith, run, type Running } from './generated.ts';
import { startMock, type Mock } from './mock.ts';
import { atOrigin, readCases, type OwnCall, type OwnCase } from './own-case.ts';
import { differences } from './own-judge.ts';
import { credentials, findOperation, readProject, type Project } from './project.ts';
import { resolveTool } from './resolve-tool.ts';
import { openState, type State } from './state.ts';

/**
 * Documents of our own, each for a rule of the specification, and the requests that the rule demands, through
 * generated servers over stdio. `node bench/openapi/own.ts [NAME…]`
 */
const wanted = process.argv.slice(2);
const cases = readCases().filter(({ name }) => wanted.length === 0 || wanted.includes(name));
process.exitCode = showRows([await measure()]) ? 0 : 1;

async function measure(): Promise<Row> {
  await using place = await openState();
  const failed: string[] = [];
  for (const one of cases) {
    const found = await check(place, one).catch((error: unknown) => [String(error)]);
    process.stderr.write(
      `${found.length === 0 ? '✓' : '✗'} ${one.name}\n${found.map((line) => `    ${line}\n`).join('')}`,
    );
    if (found.length > 0) failed.push(one.name);
  }
  const right = cases.length - failed.length;
  const calls = cases.flatMap(({ calls: all = [] }) => all).length;
  return {
    what: 'own cases whose requests are as the specification says',
    value: (100 * right) / cases.length,
    unit: '%',
    least: 100,
    how: [
      `${right} of ${cases.length} documents, ${calls} calls`,
      ...(right === cases.length ? [] : [`not: ${failed.join(', ')}`]),
    ].join('; '),
  };
}

/** Makes the server of one case and all its calls; gives what is not as it has to be. */
async function check({ folder, state }: State, given: OwnCase): Promise<string[]> {
  await using mock = await startMock();
  const origin = `http://127.0.0.1:${mock.port}`;
  const one = atOrigin(given, origin);
  const place = join(folder, one.name);
  const spec = join(place, 'api', 'openapi.json');
  for (const [path, text] of Object.entries({ 'openapi.json': JSON.stringify(one.document), ...one.files })) {
    const file = join(place, 'api', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const out = join(place, 'project');
  const words = ['create', one.name, '--openapi', spec, '--allow-host', new URL(origin).host, '--wait', '--out', out];
  const made = await createWith(state, [...words, ...(one.flags ?? [])]);
  if (one.fails !== undefined)
    return !made.ok && new RegExp(one.fails, 'i').test(made.said)
      ? []
      : [`made, or refused without the reason: ${made.said}`];
  if (!made.ok) return [`no server: ${made.said}`];
  const project = readProject(out);
  await using running = await run(project, environmentOf(one, project.api), credentialsOf(one, project.api));
  const found: string[] = [];
  for (const call of one.calls ?? [])
    found.push(...(await checkCall(running, project, mock, call)).map((line) => `${call.operation}: ${line}`));
  return found;
}

function environmentOf(one: OwnCase, api: Api): Record<string, string> {
  const [server] = api.servers;
  const variables = Object.entries(one.serverVariables ?? {}).map(([name, value]): [string, string] => [
    server?.variables[name]?.variable ?? name,
    value,
  ]);
  return {
    ...Object.fromEntries(variables),
    ...(one.baseUrl === undefined ? {} : { [server?.variable ?? '']: one.baseUrl }),
  };
}

function credentialsOf(one: OwnCase, api: Api): Record<string, string> {
  const schemes = Object.entries(api.security).filter(([name]) => one.credentials?.includes(name) ?? true);
  if (one.oauth === undefined) return credentials({ ...api, security: Object.fromEntries(schemes) });
  const client = schemes.flatMap(([, scheme]) =>
    'clientId' in scheme
      ? [
          [scheme.clientId, 'client'],
          [scheme.clientSecret, 'secret'],
        ]
      : [],
  );
  return Object.fromEntries(client) as Record<string, string>;
}

async function checkCall(running: Running, project: Project, mock: Mock, call: OwnCall): Promise<string[]> {
  const [method = '', path = ''] = call.operation.split(/ (.*)/s);
  const tool = await resolveTool(running.client, project, running.tools, method, path);
  if (tool === undefined) return ['there is no tool for it'];
  mock.answer(call.answer ?? {});
  mock.take();
  const answer = await running.client
    .callTool({ name: tool.name, arguments: tool.wrap(argumentsOf(project, call, method, path)) })
    .then(({ isError, content, structuredContent }) => ({
      isError: isError ?? false,
      text: JSON.stringify(content),
      structured: structuredContent,
    }))
    .catch((error: unknown) => ({ isError: true, text: String(error), structured: undefined }));
  return differences(call, mock.take()[0], answer);
}

/** The arguments as the tool names them. */
function argumentsOf(project: Project, call: OwnCall, method: string, path: string): Record<string, unknown> {
  const http = findOperation(project, method, path)?.http;
  const named = Object.entries(call.parameters ?? {}).map(([key, value]): [string, unknown] => {
    const [place = '', name = ''] = key.split(/\.(.*)/s);
    return [http?.parameters.find((it) => it.in === place && it.name === name)?.argument ?? key, value];
  });
  const body: [string, unknown][] = call.body === undefined ? [] : [[http?.body?.argument ?? 'body', call.body]];
  return { ...call.arguments, ...Object.fromEntries([...named, ...body]) };
}
