import { z } from 'zod';
import type { Operation } from '../operations/index.ts';

type Schema = Record<string, unknown>;

/** Accepted from an agent too, and not worth a place in every agent's listing. */
const unlisted = new Set(
  [
    'form kind template language port with_token paths methods read_only skip_deprecated max_tools',
    'max_tokens pins strict overlays overrides pass_credentials allow_remote_refs document_path',
    'document_files',
    'document_missing allow_packages',
    'revoke_hosts revoke_folders',
  ].flatMap((line) => line.split(' ')),
);

export interface ListedSchemas {
  readonly input: Schema;
  readonly output: Schema;
}

/**
 * Schemas of a list of operations, short enough for a listing: a field that an earlier operation has described
 * refers to it, and outputs name their fields without what these hold.
 */
export function listedSchemas(operations: readonly Operation[]): Map<string, ListedSchemas> {
  const described = new Map<unknown, string>();
  return new Map(
    operations.map((operation) => [
      operation.name,
      { input: inputSchema(operation, described), output: outputSchema(operation.output) },
    ]),
  );
}

function inputSchema({ name, input }: Operation, described: Map<unknown, string>): Schema {
  const { properties = {}, required } = z.toJSONSchema(input, { io: 'input' }) as {
    properties?: Schema;
    required?: unknown;
  };
  const listed = Object.entries(properties).flatMap(([field, schema]) => {
    if (unlisted.has(field)) return [];
    const source = input.shape[field];
    const before = described.get(source);
    // One word of type is no shorter by reference.
    if (before !== undefined && JSON.stringify(schema).length > 100)
      return [[field, seeAlso(schema as Schema, before)]];
    if (!described.has(source)) described.set(source, name);
    return [[field, schema]];
  });
  return {
    type: 'object',
    properties: Object.fromEntries(listed) as Schema,
    ...(required === undefined ? {} : { required }),
  };
}

function seeAlso(schema: Schema, operation: string): Schema {
  const items = (schema['items'] as Schema | undefined)?.['type'];
  return {
    ...(schema['type'] === undefined ? {} : { type: schema['type'] }),
    ...(typeof items === 'string' ? { items: { type: items } } : {}),
    description: `As in ${operation}.`,
  };
}

function outputSchema(output: z.ZodType): Schema {
  const { properties = {} } = z.toJSONSchema(output, { io: 'output' }) as { properties?: Record<string, Schema> };
  const listed = Object.entries(properties).map(([field, { type }]) => [field, type === undefined ? {} : { type }]);
  return { type: 'object', properties: Object.fromEntries(listed) as Schema };
}
