import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readProject, startOf, type Project } from '../project.ts';
import { resolveTool, type Caller, type ListedTool, type Performer } from '../resolve-tool.ts';

/** What the harness gives about a document. */
interface Context {
  readonly spec: string;
  readonly out: string;
  readonly dir: string;
  readonly baseUrl: string;
  readonly docName: string;
}

const root = join(import.meta.dirname, '../../..');

/**
 * mcp-crafter as a peer of the harness: a document becomes a verified server in the run's service, and its project is
 * then run by plain Node, as whoever received the folder would.
 */
export function crafterPeer(name: string, flags: readonly string[]) {
  let project: Project | undefined;
  return {
    name,
    nodeModules: join(root, 'node_modules'),
    generate: ({ spec, out, baseUrl, docName }: Context) => ({
      cmd: join(root, 'bin/mcp-crafter'),
      args: createArguments(serverName(name, docName), spec, baseUrl, [...flags, '--out', out]),
    }),
    build: ({ out }: Context) => ({
      cmd: process.execPath,
      args: [join(root, 'node_modules/typescript/bin/tsc'), '-p', out],
    }),
    start: ({ out, dir, baseUrl }: Context) => {
      project = readProject(out);
      const workspace = join(dir, 'workspace');
      mkdirSync(workspace, { recursive: true });
      const start = startOf(project, workspace);
      return { ...start, env: { API_BASE_URL: baseUrl, ...start.env } };
    },
    resolveTool: async (client: Caller, operation: { method: string; path: string }, tools: readonly ListedTool[]) =>
      project && direct(client, await resolveTool(client, project, tools, operation.method, operation.path)),
  };
}

const wraps = new Map<string, Performer>();
const patched = new WeakSet<Caller>();

/**
 * The performer as a tool that takes the operation's own arguments, under a name that only this client knows: the
 * harness looks for every argument in the request, and the name of the operation to execute is none of the API's.
 */
function direct(client: Caller, performer: Performer | undefined): ListedTool | undefined {
  if (performer === undefined) return undefined;
  const name = JSON.stringify([performer.name, performer.wrap({})]);
  wraps.set(name, performer);
  if (!patched.has(client)) {
    patched.add(client);
    const call = client.callTool.bind(client);
    client.callTool = (request, ...rest) => {
      const wrapped = wraps.get(request.name);
      return call(wrapped ? { name: wrapped.name, arguments: wrapped.wrap(request.arguments) } : request, ...rest);
    };
  }
  return { name, inputSchema: performer.inputSchema };
}

/** The words of `mcp-crafter` that make a verified server of a document. */
export function createArguments(server: string, spec: string, baseUrl: string, flags: readonly string[]): string[] {
  return ['create', server, '--openapi', spec, '--base-url', baseUrl, '--wait', ...flags];
}

export function serverName(peer: string, document: string): string {
  const words = `${peer}-${document}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return words.slice(0, 60).replace(/-$/, '');
}
