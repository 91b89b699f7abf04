import { operationOf, type Blueprint, type Json, type Tool } from '../../../spec/index.ts';
import { isEjected } from './ejected.ts';
import type { ApiFile, ApiOperation, ApiTool } from '../runtime/api-file.ts';
import { listed } from './tool-file.ts';

type ApiKind = Exclude<ApiTool['implementation']['kind'], 'http'>;

/** What runs the tools that stand beside the operations: module and export of each kind. */
const runners: readonly { readonly kind: ApiKind; readonly module: string; readonly symbol: string }[] = [
  { kind: 'authorize', module: 'api-authorize.ts', symbol: 'authorizeTool' },
  { kind: 'catalogue', module: 'api-catalogue-tool.ts', symbol: 'catalogueTool' },
  { kind: 'answer', module: 'api-read-answer.ts', symbol: 'answerTool' },
];

/** The kinds that a server's tools need, with what runs them. */
export function apiKinds(tools: readonly Tool[]): typeof runners {
  const used = new Set<string>(tools.map(({ implementation }) => implementation.kind));
  return runners.filter(({ kind }) => used.has(kind));
}

/** Whether a tool is run by what stands in api.json. */
export const isApiTool = ({ implementation }: Tool): boolean =>
  implementation.kind === 'http' || runners.some(({ kind }) => kind === implementation.kind);

/** What api.json holds, for a Blueprint with tools of an API. */
export function apiFileOf({ api, tools, catalogue = [] }: Blueprint): ApiFile | undefined {
  const own = tools.filter(isApiTool);
  const ejected = tools.filter(isEjected);
  if (api === undefined || own.length + ejected.length === 0) return undefined;
  const { title, version, servers, security, schemas, passCredentials } = api;
  const file = {
    title,
    version,
    servers,
    security,
    // Listed tools hold the schemas that they need.
    schemas: catalogue.length > 0 ? schemas : {},
    passCredentials,
    tools: own.map(toolOf),
    catalogue: catalogue.map(toolOf) as unknown as ApiOperation[],
    ejected: ejected
      .filter(({ implementation }) => !('edited' in implementation))
      .map((tool) => toolOf({ ...tool, implementation: operationOf(tool)! })) as unknown as ApiOperation[],
  };
  return withoutDefaults(file) as ApiFile;
}

/** The document's own examples by operation and argument: for trying operations, which is not the server's work. */
export function apiExamplesOf({ tools, catalogue = [] }: Blueprint): Readonly<Record<string, Record<string, Json>>> {
  return Object.fromEntries(
    [...tools, ...catalogue].flatMap((tool) => {
      const examples = operationOf(tool)?.examples;
      return examples === undefined ? [] : [[tool.name, examples] as const];
    }),
  );
}

interface Wire {
  readonly parameters?: object[];
  readonly body?: object;
  readonly examples?: object;
}

function toolOf(tool: Tool): ApiTool {
  const { examples: _, ...wire } = withoutDefaults(tool.implementation) as unknown as Wire;
  const { parameters, body } = wire;
  const slim = {
    ...wire,
    ...(parameters && { parameters: parameters.map((parameter) => withoutDefaults(parameter)) }),
    ...(body && { body: withoutDefaults(body, ['required']) }),
  };
  return { ...listed(tool), implementation: slim } as unknown as ApiTool;
}

/** Fields whose absence says the same are left out: false, nothing in them, the first server; but for those `said`. */
function withoutDefaults(value: object, said: readonly string[] = ['explode', 'tools']): object {
  return Object.fromEntries(
    Object.entries(value).filter(([name, field]) => said.includes(name) || !isDefault(name, field)),
  );
}

function isDefault(name: string, field: unknown): boolean {
  if (field === undefined || field === false) return true;
  if (name === 'server') return field === 0;
  return typeof field === 'object' && field !== null && Object.keys(field).length === 0;
}
