import type { Report, ServerSummary, Traffic } from '../../spec/index.ts';
import { plain, style, within } from '../output.ts';
import { table } from './table.ts';

interface ServerInfo extends ServerSummary {
  readonly tools_in_full: readonly { readonly name: string; readonly description: string; readonly input: { readonly properties?: Record<string, unknown>; readonly required?: readonly string[] } }[];
  readonly grants: { readonly hosts: readonly { host: string; port: number }[]; readonly folders: readonly { path: string; access: string }[] };
  readonly environment: readonly { readonly name: string; readonly description: string; readonly required: boolean; readonly secret: boolean; readonly set: boolean }[];
  readonly folders: { readonly project: string; readonly workspace: string; readonly out?: string; readonly log: string };
  readonly releases: readonly { readonly version: string; readonly status: string; readonly reason?: string; readonly createdAt: string }[];
  readonly problem?: string;
  readonly traffic?: Traffic;
  readonly token?: string;
  readonly report?: Report;
}

export function renderList({ servers }: { readonly servers: readonly ServerSummary[] }): string {
  if (servers.length === 0) return 'No servers yet. Make one: mcp-crafter create "read CSV files and report rows with invalid e-mail addresses"';
  const head = ['NAME', 'VERSION', 'STATUS', 'SCORE', 'TOOLS', 'DESCRIPTION'];
  return table([head, ...servers.map((server) => [server.name, server.version, server.service === undefined ? server.status : `${server.status} (${server.service})`, server.score?.toString() ?? '-', String(server.tools.length), server.description])]);
}

export function renderInfo(info: ServerInfo): string {
  const lines = [
    `${style('bold', info.name)} ${info.version}  ${info.status}${info.score === undefined ? '' : `  score ${info.score}`}`,
    within(info.description),
    '',
    'Tools',
    indent(table(info.tools_in_full.map((tool) => [tool.name, parametersOf(tool.input), firstSentence(tool.description)]), 70)),
    '',
    table([
      ['Project', info.folders.project],
      ['Workspace', info.folders.workspace],
      ...(info.folders.out === undefined ? [] : [['Also in', info.folders.out]]),
      ['Log', info.folders.log],
      ...info.grants.folders.map((folder) => ['Folder', `${folder.path} (${folder.access})`]),
      ...info.grants.hosts.map((host) => ['Host', `${host.host}:${host.port}`]),
      ...info.environment.map((variable) => ['Variable', `${variable.name}${variable.secret ? ' (secret)' : ''}: ${variable.set ? 'set' : variable.required ? 'missing' : 'not set'}${variable.set || variable.description === '' ? '' : `. ${plain(variable.description)}`}`]),
      ...(info.traffic === undefined ? [] : [['Traffic', trafficOf(info.traffic)]]),
      ...(info.service === undefined ? [] : [['Service', info.service]]),
      ...(info.url === undefined ? [] : [['URL', info.url]]),
      ...(info.token === undefined ? [] : [['Token', info.token]]),
    ], 200),
  ];
  if (info.problem !== undefined) lines.push('', `${style('red', '✗')} ${within(info.problem)}`);
  const [latest] = info.releases;
  if (latest !== undefined) lines.push('', `Latest release: ${latest.version} ${latest.status}${latest.reason === undefined ? '' : `: ${within(latest.reason)}`}`);
  return lines.join('\n');
}

/** Since the server was made. */
function trafficOf({ requests, refused, bytesSent, bytesReceived, hosts }: Traffic): string {
  const places = Object.entries(hosts).map(([host, count]) => `${host} (${count})`);
  const counted = `${requests} requests, ${bytesSent} bytes sent, ${bytesReceived} received, ${refused} refused`;
  return places.length === 0 ? counted : `${counted}: ${places.slice(0, 5).join(', ')}`;
}

function parametersOf(input: ServerInfo['tools_in_full'][number]['input']): string {
  const required = new Set(input.required);
  return `(${Object.keys(input.properties ?? {}).map((name) => (required.has(name) ? name : `${name}?`)).join(', ')})`;
}

function firstSentence(text: string): string {
  return text.split(/(?<=\.)\s/)[0] ?? text;
}

function indent(text: string): string {
  return text.split('\n').map((line) => `  ${line}`).join('\n');
}
