import type { Blueprint, ContextPart, Json } from '../../../spec/index.ts';
import { apiKinds } from './api-file.ts';
import { literal, quote } from './literal.ts';
import type { ToolFile } from './tool-file.ts';

/** What a server accepts and takes at most when its Blueprint does not say: bytes of input, seconds a call. */
export const defaultLimits = { maxInputBytes: 50 * 1024 * 1024, maxSeconds: 60 };

/** src/server.ts: the server as data, made of its tools and of the context parts they use. */
export function serverFile(
  blueprint: Blueprint,
  tools: readonly ToolFile[],
  parts: ReadonlySet<ContextPart>,
  callsApi = false,
): string {
  const environment = blueprint.environment.length > 0 || parts.has('secret');
  const { limits } = blueprint;
  const bytes = limits.maxInputBytes ?? defaultLimits.maxInputBytes;
  const lines = [
    ...(callsApi ? apiImports(blueprint) : []),
    ...(parts.size > 0 ? ["import type { ToolContext } from './modules/context.ts';"] : []),
    ...(environment ? ["import { readEnvironment } from './modules/environment.ts';"] : []),
    ...(parts.has('folders') ? ["import { openFolders } from './modules/folders.ts';"] : []),
    ...(parts.has('fetch') ? ["import { limitFetch } from './modules/limited-fetch.ts';"] : []),
    "import { defineServer } from './modules/mcp-server.ts';",
    ...(parts.has('folders') ? ["import { workspaceFiles } from './modules/workspace-files.ts';"] : []),
    ...tools.map((tool) => `import { ${tool.symbol} } from './${tool.path.slice('src/'.length)}';`),
    '',
    ...(environment
      ? [`${parts.has('secret') ? 'const secret = ' : ''}readEnvironment(${literal(variables(blueprint))});`]
      : []),
    ...(parts.has('folders') ? [`const folders = openFolders({ maxInputBytes: ${literal(bytes)} });`] : []),
    ...(parts.has('fetch') ? [`const fetchWithin = limitFetch(${literal(fetchLimits(blueprint))});`] : []),
    ...(environment || parts.size > 0 ? [''] : []),
    'export const server = defineServer({',
    `  name: ${quote(blueprint.name)},`,
    `  title: ${quote(blueprint.title)},`,
    `  version: ${quote(blueprint.version)},`,
    field('description', blueprint.description),
    '  limits: {',
    `    maxSeconds: ${literal(limits.maxSeconds ?? defaultLimits.maxSeconds)},`,
    `    maxInputBytes: ${literal(bytes)},`,
    `    maxResultCharacters: ${literal(limits.maxResultCharacters)},`,
    '  },',
    ...symbols(tools, callsApi ? [apiSymbol(blueprint)] : []),
    `  context: (call${parts.size > 0 ? ': ToolContext' : ''}) => ${context(parts)},`,
    ...(parts.has('folders') ? ['  files: workspaceFiles(folders),'] : []),
    '});',
    '',
  ];
  return lines.join('\n');
}

export const mainFile = `import { startServer } from './modules/start.ts';
import { server } from './server.ts';

await startServer(server);
`;

function field(name: string, text: string): string {
  const line = `  ${name}: ${quote(text)},`;
  return line.length <= 120 ? line : `  ${name}:\n    ${quote(text)},`;
}

function apiImports({ tools }: Blueprint): string[] {
  const kinds = apiKinds(tools).map(({ module, symbol }) => `import { ${symbol} } from './modules/${module}';`);
  return ["import { api } from './api.ts';", ...kinds, "import { apiTools } from './modules/api-tools.ts';"];
}

function apiSymbol({ tools }: Blueprint): string {
  const kinds = apiKinds(tools).map(({ kind, symbol }) => `${kind}: ${symbol}`);
  return `...apiTools(api${kinds.length > 0 ? `, { ${kinds.join(', ')} }` : ''})`;
}

function symbols(tools: readonly ToolFile[], before: readonly string[]): string[] {
  const names = [...before, ...tools.map((tool) => tool.symbol)];
  const line = `  tools: [${names.join(', ')}],`;
  return line.length <= 120 ? [line] : ['  tools: [', ...names.map((name) => `    ${name},`), '  ],'];
}

function context(parts: ReadonlySet<ContextPart>): string {
  if (parts.size === 0) return 'call';
  const named = ['...call'];
  if (parts.has('folders')) named.push('folders');
  if (parts.has('fetch')) named.push('fetch: fetchWithin(call.signal)');
  if (parts.has('secret')) named.push('secret');
  return `({ ${named.join(', ')} })`;
}

function variables({ environment }: Blueprint): Json {
  return environment.map(({ name, required, secret, value }) => ({
    name,
    ...(required && { required }),
    ...(secret && { secret }),
    ...(!secret && value !== undefined && { value }),
  }));
}

function fetchLimits({ name, grants, limits }: Blueprint): Json {
  return {
    server: name,
    hosts: grants.hosts.map(nameOf),
    ...(grants.hosts.some((grant) => grant.private) && {
      privateHosts: grants.hosts.filter((grant) => grant.private).map(nameOf),
    }),
    ...(limits.calls && { calls: limits.calls }),
    ...(limits.retries !== undefined && { retries: limits.retries }),
  };
}

const nameOf = ({ host, port }: Blueprint['grants']['hosts'][number]): string => `${host}:${port}`;
