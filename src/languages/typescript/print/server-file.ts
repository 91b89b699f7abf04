import type { Blueprint, ContextPart, Json } from '../../../spec/index.ts';
import { apiKinds } from './api-file.ts';
import { literal, quote } from './literal.ts';
import { settingsOf, type Limits } from './settings.ts';
import type { ToolFile } from './tool-file.ts';

/**
 * src/server.ts: the server as data, made of its tools and of the context parts they use. That of an API has what is
 * its own in settings.json, so that all of them share their code, and with it what was found out about that code.
 */
export function serverFile(
  blueprint: Blueprint,
  tools: readonly ToolFile[],
  parts: ReadonlySet<ContextPart>,
  callsApi = false,
): string {
  const environment = blueprint.environment.length > 0 || parts.has('secret');
  const of = (value: Json, setting: string): string => (callsApi ? `settings.${setting}` : literal(value));
  const { limits, ...said } = settingsOf(blueprint);
  const lines = [
    ...(callsApi ? apiImports(blueprint, tools) : []),
    ...(parts.size > 0 ? ["import type { ToolContext } from './modules/context.ts';"] : []),
    ...(environment ? ["import { readEnvironment } from './modules/environment.ts';"] : []),
    ...(parts.has('folders') ? ["import { openFolders } from './modules/folders.ts';"] : []),
    ...(parts.has('fetch') ? ["import { limitFetch } from './modules/limited-fetch.ts';"] : []),
    "import { defineServer } from './modules/mcp-server.ts';",
    ...(callsApi ? ["import { readData, type Settings } from './modules/server-settings.ts';"] : []),
    ...(parts.has('folders') ? ["import { workspaceFiles } from './modules/workspace-files.ts';"] : []),
    ...tools.map((tool) => `import { ${tool.symbol} } from './${tool.path.slice('src/'.length)}';`),
    '',
    ...(callsApi ? [readSettings] : []),
    ...(environment
      ? [`${parts.has('secret') ? 'const secret = ' : ''}readEnvironment(${of(said.environment, 'environment')});`]
      : []),
    ...(parts.has('folders')
      ? [`const folders = openFolders({ maxInputBytes: ${of(limits.maxInputBytes, 'limits.maxInputBytes')} });`]
      : []),
    ...(parts.has('fetch') ? [`const fetchWithin = limitFetch(${of(said.network, 'network')});`] : []),
    ...(environment || parts.size > 0 ? [''] : []),
    'export const server = defineServer({',
    ...(callsApi ? ['  ...settings,'] : ownFields(blueprint, limits)),
    ...symbols(tools, callsApi ? [apiSymbol(blueprint)] : []),
    `  context: (call${parts.size > 0 ? ': ToolContext' : ''}) => ${context(parts)},`,
    ...(parts.has('folders') ? ['  files: workspaceFiles(folders),'] : []),
    '});',
    '',
  ];
  return lines.join('\n');
}

function ownFields({ name, title, version, description }: Blueprint, limits: Limits): string[] {
  return [
    `  name: ${quote(name)},`,
    `  title: ${quote(title)},`,
    `  version: ${quote(version)},`,
    field('description', description),
    '  limits: {',
    ...Object.entries(limits).map(([limit, value]) => `    ${limit}: ${literal(value)},`),
    '  },',
  ];
}

export const mainFile = `import { startServer } from './modules/start.ts';
import { server } from './server.ts';

await startServer(server);
`;

function field(name: string, text: string): string {
  const line = `  ${name}: ${quote(text)},`;
  return line.length <= 120 ? line : `  ${name}:\n    ${quote(text)},`;
}

const readSettings = "const settings = readData<Settings>(new URL('./settings.json', import.meta.url));";

function apiImports({ tools }: Blueprint, files: readonly ToolFile[]): string[] {
  const ejected = files.some((file) => file.ejected)
    ? ["import { operationTool } from './modules/api-request.ts';"]
    : [];
  const kinds = apiKinds(tools).map(({ module, symbol }) => `import { ${symbol} } from './modules/${module}';`);
  return [
    "import { api } from './api.ts';",
    ...kinds,
    ...ejected,
    "import { apiTools } from './modules/api-tools.ts';",
  ];
}

function apiSymbol({ tools }: Blueprint): string {
  const kinds = apiKinds(tools).map(({ kind, symbol }) => `${kind}: ${symbol}`);
  return `...apiTools(api${kinds.length > 0 ? `, { ${kinds.join(', ')} }` : ''})`;
}

function symbols(tools: readonly ToolFile[], before: readonly string[]): string[] {
  const names = [...before, ...tools.map(listedAs)];
  const line = `  tools: [${names.join(', ')}],`;
  return line.length <= 120 ? [line] : ['  tools: [', ...names.map((name) => `    ${name},`), '  ],'];
}

const listedAs = ({ symbol, ejected }: ToolFile): string => (ejected ? `operationTool(api, ${symbol})` : symbol);

function context(parts: ReadonlySet<ContextPart>): string {
  if (parts.size === 0) return 'call';
  const named = ['...call'];
  if (parts.has('folders')) named.push('folders');
  if (parts.has('fetch')) named.push('fetch: fetchWithin(call.signal)');
  if (parts.has('secret')) named.push('secret');
  return `({ ${named.join(', ')} })`;
}
