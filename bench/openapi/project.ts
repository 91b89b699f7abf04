import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  blueprint,
  type Api,
  type Blueprint,
  type HttpOperation,
  type SecurityScheme,
  type Tool,
} from '../../src/spec/index.ts';

/** A generated project as its user finds it. */
export interface Project {
  readonly folder: string;
  readonly blueprint: Blueprint;
  readonly api: Api;
  readonly operations: readonly Operation[];
}

/** An operation and the tool it became; `listed` when it is in the server's listing, else the catalogue holds it. */
export interface Operation {
  readonly tool: Tool;
  readonly http: HttpOperation;
  readonly listed: boolean;
}

export function readProject(folder: string): Project {
  const manifest = JSON.parse(readFileSync(join(folder, 'mcp-crafter.json'), 'utf8')) as { blueprint: unknown };
  const whole = blueprint.parse(manifest.blueprint);
  if (whole.api === undefined) throw new Error(`${folder} was not made from an API document.`);
  const of = (tools: readonly Tool[], listed: boolean): Operation[] =>
    tools.flatMap((tool) => (tool.implementation.kind === 'http' ? [{ tool, http: tool.implementation, listed }] : []));
  return {
    folder,
    blueprint: whole,
    api: whole.api,
    operations: [...of(whole.tools, true), ...of(whole.catalogue ?? [], false)],
  };
}

/** The operation of a method and a path of the document. */
export function findOperation(project: Project, method: string, path: string): Operation | undefined {
  return project.operations.find(({ http }) => http.method === method && http.path === path);
}

/** How the README says that it is run, over stdio. */
export function startOf(project: Project, workspace: string, secrets = credentials(project.api)) {
  return {
    cmd: process.execPath,
    args: ['src/main.ts'],
    cwd: project.folder,
    env: { MCP_WORKSPACE: workspace, ...secrets },
  };
}

/** A value for each environment variable that proves the caller; the ones that the harness gives other peers too. */
export function credentials(api: Api): Record<string, string> {
  return Object.assign({}, ...Object.values(api.security).map(valuesOf)) as Record<string, string>;
}

function valuesOf(scheme: SecurityScheme): Record<string, string> {
  switch (scheme.type) {
    case 'apiKey':
      return { [scheme.variable]: 'key_test_123' };
    case 'basic':
    case 'digest':
      return { [scheme.username]: 'usr', [scheme.password]: 'pwd' };
    case 'http':
      return { [scheme.variable]: 'tok_test_123' };
    case 'oauth2':
    case 'openIdConnect':
      return { [scheme.token]: 'tok_test_123' };
    case 'mutualTLS':
      return {};
  }
}
