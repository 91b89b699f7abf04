import { findOperation, type Project } from './project.ts';

/** What performs an operation: a tool of the listing, and the schema of its whole arguments. */
export interface Performer {
  readonly name: string;
  readonly inputSchema: Record<string, unknown>;
}

/** The part of the official client that is needed. */
export interface Caller {
  callTool(request: { name: string; arguments: Record<string, unknown> }): Promise<unknown>;
}

/**
 * The tool that performs `METHOD path`: its own where it is listed; else the one that executes operations of the
 * catalogue, with the arguments that `describe_operation` shows to whoever asks.
 */
export async function resolveTool(
  client: Caller,
  project: Project,
  listed: readonly Performer[],
  method: string,
  path: string,
): Promise<Performer | undefined> {
  const operation = findOperation(project, method, path);
  if (operation === undefined) return undefined;
  const { name, annotations } = operation.tool;
  if (operation.listed) return listed.find((tool) => tool.name === name);
  const described = await describe(client, name);
  if (described === undefined) return undefined;
  const { $defs, ...input } = described;
  return {
    name: annotations.readOnlyHint ? 'call_read_operation' : 'call_write_operation',
    inputSchema: {
      type: 'object',
      properties: { operation: { const: name }, arguments: input },
      required: ['operation', 'arguments'],
      ...($defs === undefined ? {} : { $defs }),
    },
  };
}

async function describe(client: Caller, operation: string): Promise<Record<string, unknown> | undefined> {
  const answer = (await client.callTool({ name: 'describe_operation', arguments: { operation, full: true } })) as {
    structuredContent?: { inputSchema?: Record<string, unknown>; input?: Record<string, unknown> };
  };
  return answer.structuredContent?.inputSchema ?? answer.structuredContent?.input;
}
