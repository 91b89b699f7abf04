import type { Json, JsonSchema } from '../spec/index.ts';
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

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
