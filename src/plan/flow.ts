import type { Blueprint, Json, JsonSchema } from '../spec/index.ts';
import type { PlannedTool } from './tools.ts';

/** What a tool does with data sets, read from its schemas. */
export type Role = 'credentials' | 'source' | 'change' | 'end' | 'alone';

export function roleOf({ tool, recipe, source }: PlannedTool): Role {
  if (source === undefined) return 'alone';
  const gives = hasDataset(tool.output);
  if (needsDataset(tool.input)) return gives && !tool.annotations.readOnlyHint ? 'change' : 'end';
  if (recipe?.capability === 'oauth') return 'credentials';
  if (!gives) return 'alone';
  return source.uses.includes('fetch') || hasProperty(tool.input, 'path') ? 'source' : 'change';
}

const names = ['dataset', 'left', 'right'];

const hasDataset = (schema: JsonSchema | undefined): boolean => hasProperty(schema, 'dataset');

function hasProperty(schema: JsonSchema | undefined, name: string): boolean {
  const properties = schema?.['properties'];
  return isRecord(properties) && Object.hasOwn(properties, name);
}

/** Whether a tool cannot work without a data set that another tool has made. */
export function needsDataset(schema: JsonSchema | undefined): boolean {
  const required = schema?.['required'];
  return Array.isArray(required) && required.some((name) => names.includes(String(name)));
}

const rank: Readonly<Record<Role, number>> = { credentials: 0, source: 1, change: 2, end: 3, alone: 4 };

/** Tools in the order in which they are used; among equals the request's order stays. */
export function inOrder(tools: readonly PlannedTool[]): PlannedTool[] {
  return tools.toSorted((a, b) => rank[roleOf(a)] - rank[roleOf(b)]);
}

/** For each tool the tools that have to run before it: credentials, then sources, then changes one after another, then ends. */
export function flowOf(tools: readonly PlannedTool[]): Blueprint['flow'] {
  const ordered = inOrder(tools);
  const named = (role: Role): string[] => ordered.filter((tool) => roleOf(tool) === role).map(({ tool }) => tool.name);
  const changes = named('change');
  const reached = named('source');
  return ordered.map((planned) => {
    const { tool } = planned;
    const role = roleOf(planned);
    const credentials = tool.annotations.openWorldHint ? named('credentials').filter((name) => name !== tool.name) : [];
    const at = changes.indexOf(tool.name);
    const before =
      role === 'change'
        ? at > 0
          ? changes.slice(at - 1, at)
          : reached
        : role === 'end'
          ? changes.length > 0
            ? changes.slice(-1)
            : reached
          : [];
    return { tool: tool.name, after: [...new Set([...credentials, ...before])] };
  });
}

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
