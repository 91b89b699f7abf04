import type { z } from 'zod';
import type { Crafter } from '../crafter.ts';
import type { Blueprint, JsonSchema } from '../spec/index.ts';
import type { outcome } from './outcome.ts';

type Outcome = z.output<typeof outcome>;

/** Adds the tools of a server that is ready, so that a caller need not ask for them. */
export async function withSignatures(crafter: Crafter, given: Outcome): Promise<Outcome> {
  if (given.status !== 'success' && given.status !== 'unchanged') return given;
  const record = await crafter.storage.servers.get(given.server);
  return record === undefined ? given : { ...given, tools: signaturesOf(record.blueprint) };
}

/** `csv_processor(path?: string, text?: string)` for each tool, in the order of the flow. */
function signaturesOf({ tools, flow }: Blueprint): string[] {
  const place = new Map(flow.map(({ tool }, index) => [tool, index]));
  const order = (name: string): number => place.get(name) ?? tools.length;
  return tools
    .toSorted((a, b) => order(a.name) - order(b.name))
    .map(({ name, input }) => `${name}(${parametersOf(input).join(', ')})`);
}

function parametersOf(input: JsonSchema): string[] {
  const required = Array.isArray(input['required']) ? input['required'] : [];
  const properties = (input['properties'] ?? {}) as Readonly<Record<string, JsonSchema | boolean>>;
  return Object.entries(properties).map(([name, schema]) => {
    const type = typeof schema === 'object' && typeof schema['type'] === 'string' ? `: ${schema['type']}` : '';
    return `${name}${required.includes(name) ? '' : '?'}${type}`;
  });
}
