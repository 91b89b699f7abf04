import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport, getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';
import { createArguments } from './peers/crafter-peer.ts';
import { credentials, startOf, type Project } from './project.ts';
import type { ListedTool } from './resolve-tool.ts';

const root = join(import.meta.dirname, '../..');
const program = join(root, 'bin/mcp-crafter');
const createMilliseconds = 180_000;

/** What making a server of a document took and said. */
export interface Made {
  readonly milliseconds: number;
  readonly ok: boolean;
  /** What the command printed, its end. */
  readonly said: string;
}

/** Makes a verified server of a document with the command line. */
export function create(
  state: string,
  server: string,
  spec: string,
  baseUrl: string,
  flags: readonly string[],
): Promise<Made> {
  return createWith(state, createArguments(server, spec, baseUrl, flags));
}

/** The same with the words of the command as they are given. */
export async function createWith(state: string, words: readonly string[]): Promise<Made> {
  const started = performance.now();
  const child = spawn(program, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, MCP_CRAFTER_HOME: state },
    timeout: createMilliseconds,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part.toString()));
  const code = await new Promise((done) => child.once('close', done));
  return { milliseconds: performance.now() - started, ok: code === 0, said: said.slice(-2000) };
}

/** A generated server, run by plain Node over stdio and connected to the official client. */
export interface Running extends AsyncDisposable {
  readonly client: Client;
  readonly tools: readonly ListedTool[];
  readonly pid: number;
  /** From the start of the process to the first answer of `tools/list`, in milliseconds. */
  readonly listMilliseconds: number;
  /** Characters of the whole listing as JSON. */
  readonly listCharacters: number;
}

/** @param environment Beside the credentials; @param secrets Those, when not every scheme is to have some. */
export async function run(
  project: Project,
  environment: Readonly<Record<string, string>> = {},
  secrets = credentials(project.api),
): Promise<Running> {
  linkPackages(project.folder);
  const workspace = mkdtempSync(join(project.folder, '..', 'workspace-'));
  const start = startOf(project, workspace, secrets);
  const transport = new StdioClientTransport({
    command: start.cmd,
    args: start.args,
    cwd: start.cwd,
    env: { ...getDefaultEnvironment(), ...start.env, ...environment },
    stderr: 'ignore',
  });
  const client = new Client({ name: 'bench', version: '1.0.0' });
  const started = performance.now();
  await client.connect(transport, { timeout: 60_000 });
  const { tools } = await client.listTools(undefined, { timeout: 60_000 });
  return {
    client,
    tools: tools as readonly ListedTool[],
    pid: transport.pid ?? 0,
    listMilliseconds: performance.now() - started,
    listCharacters: JSON.stringify(tools).length,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      rmSync(workspace, { recursive: true, force: true });
    },
  };
}

/** Its packages at their exact versions, as `npm ci` would lay them there. */
function linkPackages(folder: string): void {
  const place = join(folder, 'node_modules');
  if (!existsSync(place)) symlinkSync(join(root, 'node_modules'), place);
}
