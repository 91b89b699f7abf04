import type { Analysis, Blueprint, EnvironmentVariable, HostGrant, Request } from '../spec/index.ts';
import { cut, sentenceCase } from '../util/index.ts';
import { flowOf, inOrder } from './flow.ts';
import type { PlannedTool } from './tools.ts';

/** The Blueprint of one server out of its tools. Dependencies without a version stand as `*` until they are resolved. */
export function makeBlueprint(
  request: Request,
  analysis: Analysis,
  name: string,
  tools: readonly PlannedTool[],
): Blueprint {
  const ordered = inOrder(tools);
  return {
    format: 1,
    name,
    version: '1.0.0',
    title: sentenceCase(name.replaceAll('-', ' ')),
    description: cut(request.intent.trim(), 2000),
    language: request.language,
    tools: ordered.map(({ tool }) => tool),
    modules: [],
    dependencies: request.dependencies.map(({ version = '*', ...rest }) => ({ ...rest, version })),
    environment: environmentOf(request, ordered),
    grants: { folders: request.grants.folders, hosts: hostsOf(request, ordered) },
    limits: analysis.limits,
    flow: flowOf(ordered),
    expectedOutputs: analysis.outputs.map(({ description, tool }) => {
      const planned = ordered.find(({ source }) => source !== undefined && source.name === tool);
      return planned === undefined ? { description } : { description, tool: planned.tool.name };
    }),
    provenance: {
      source: request.kind,
      digest: request.digest,
      ...(request.taskId === undefined ? {} : { taskId: request.taskId }),
    },
  };
}

/** The request's variables first: what a user says about a variable stands over what a recipe says. */
function environmentOf(request: Request, tools: readonly PlannedTool[]): EnvironmentVariable[] {
  const all = [...request.environment, ...tools.flatMap(({ recipe }) => recipe?.environment ?? [])];
  const byName = new Map<string, EnvironmentVariable>();
  for (const variable of all) if (!byName.has(variable.name)) byName.set(variable.name, variable);
  return [...byName.values()];
}

function hostsOf(request: Request, tools: readonly PlannedTool[]): HostGrant[] {
  const all = [...request.grants.hosts, ...tools.flatMap(({ recipe }) => recipe?.hosts ?? [])];
  return [...new Map(all.map((grant) => [`${grant.host}:${grant.port}`, grant])).values()];
}
