import { Ajv2020 } from 'ajv/dist/2020.js';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { stringify } from 'yaml';
import { callService } from '../../src/service/index.ts';
import { create, run, type Made, type Running } from './generated.ts';
import type { Judge, JudgedOperation } from './judge.ts';
import { startMock, type Mock } from './mock.ts';
import { serverName } from './peers/crafter-peer.ts';
import { readProject, type Project } from './project.ts';
import { resolveTool, type Performer } from './resolve-tool.ts';
import { rankOperations, type Ranking } from './search.ts';
import { serverFigures, type ServerFigures } from './server-figures.ts';
import type { Workshop } from './workshop.ts';

/** What one document gave when it was made and started by the command line, and each of its operations called once. */
export interface Reached {
  readonly document: string;
  readonly made: Made;
  readonly operations: number;
  /** Operations whose request did not arrive by method and path, and why. */
  readonly missed: readonly string[];
  /** Calls that the client or the server ended with an error, though the mock had answered. */
  readonly refused: readonly string[];
  readonly figures?: ServerFigures;
  readonly ranking?: Ranking;
}

const callMilliseconds = 8000;

/** Makes the server, as verified and running as the command line makes it, and calls every operation with required arguments. */
export async function reach(
  workshop: Workshop,
  judge: Judge,
  document: string,
  peer: string,
  flags: readonly string[],
): Promise<Reached> {
  const place = join(workshop.folder, 'reach', peer, document);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  await using mock = await startMock();
  const { doc, isJson } = judge.load(join(workshop.corpus, document));
  const patched = judge.patch(doc, mock.port);
  const spec = join(place, `spec${extname(document)}`);
  writeFileSync(spec, isJson ? JSON.stringify(patched.doc) : stringify(patched.doc, { aliasDuplicateObjects: false }));
  const operations = judge.operations(await judge.oracleView(patched.doc));
  const name = serverName(`reach-${peer}`, document);
  const out = join(place, 'project');
  const made = await create(workshop.state, name, spec, patched.baseUrl, [...flags, '--start', '--out', out]);
  if (!made.ok)
    return {
      document,
      made,
      operations: operations.length,
      missed: operations.map(({ key }) => `${key}: no server`),
      refused: [],
    };
  await callService(workshop.state, 'delete_server', { server: name });
  const project = readProject(out);
  await using running = await run(project, { API_BASE_URL: patched.baseUrl });
  const figures = serverFigures(running);
  const ranking = await rankOperations(running, project, operations);
  const calls = await callAll(running, project, mock, judge, operations);
  return { document, made, operations: operations.length, ...calls, figures, ...(ranking && { ranking }) };
}

async function callAll(
  running: Running,
  project: Project,
  mock: Mock,
  judge: Judge,
  operations: readonly JudgedOperation[],
): Promise<Pick<Reached, 'missed' | 'refused'>> {
  const missed: string[] = [];
  const refused: string[] = [];
  for (const operation of operations) {
    mock.take();
    const said = await callOnce(running, project, judge, operation).catch((error: unknown) => String(error));
    const arrived = mock.take().some((request) => matches(judge, operation, request.method, request.url));
    if (!arrived) missed.push(`${operation.key}: ${said ?? 'no such request arrived'}`);
    else if (said !== undefined) refused.push(`${operation.key}: ${said}`);
  }
  return { missed, refused };
}

/** Calls one operation; gives what went wrong. */
async function callOnce(
  running: Running,
  project: Project,
  judge: Judge,
  operation: JudgedOperation,
): Promise<string | undefined> {
  const tool = await resolveTool(running.client, project, running.tools, operation.method, operation.path);
  if (tool === undefined) return 'no tool performs it';
  const answer = await running.client.callTool(
    { name: tool.name, arguments: tool.wrap(argumentsFor(judge, tool, operation.key)) },
    { timeout: callMilliseconds },
  );
  return answer.isError ? JSON.stringify(answer.content).slice(0, 300) : undefined;
}

/** As the harness makes them: of a few tries the first that the schema takes. */
function argumentsFor(judge: Judge, tool: Performer, key: string): Record<string, unknown> {
  const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false, unicodeRegExp: false });
  const { $schema: _, ...schema } = tool.inputSchema;
  const accepts = ajv.compile(schema);
  const tries = Array.from({ length: 6 }, (_each, index) => judge.sample(schema, `${key}${index}`, 0));
  return (tries.find((value) => accepts(value)) ?? tries[0]) as Record<string, unknown>;
}

function matches(judge: Judge, operation: JudgedOperation, method: string, url: string): boolean {
  return (
    method === operation.method && judge.pathRegex(operation.base + operation.path).re.test(url.split('?')[0] ?? '')
  );
}
