import { findOperation, type Project } from './project.ts';

/** A tool of the listing. */
export interface ListedTool {
  readonly name: string;
  readonly inputSchema: Record<string, unknown>;
}

/** What performs an operation: the tool to call, the schema of the operation's own arguments, and how they are given to it. */
export interface Performer extends ListedTool {
  wrap(args: Record<string, unknown>): Record<string, unknown>;
}

/** The part of the official client that is needed. */
export interface Caller {
  callTool(request: { name: string; arguments: Record<string, unknown> }, ...rest: unknown[]): Promise<unknown>;
}

/**
 * The tool that performs `METHOD path`: its own where it is listed; else the one that executes operations of the
 * catalogue, with the arguments that `describe_operation` shows to whoever asks.
 */
export async function resolveTool(
  client: Caller,
  project: Project,
  listed: readonly ListedTool[],
  method: string,
  path: string,
): Promise<Performer | undefined> {
  const operation = findOperation(project, method, path);
  if (operation === undefined) return undefined;
  const { name, annotations } = operation.tool;
  if (operation.listed) {
    const tool = listed.find((one) => one.name === name);
    return tool && { ...tool, wrap: (args) => args };
  }
  const inputSchema = await describe(client, name);
  return (
    inputSchema && {
      name: annotations.readOnlyHint ? 'call_read_operation' : 'call_write_operation',
      inputSchema,
      wrap: (args) => ({ operation: name, arguments: args }),
    }
  );
}

async function describe(client: Caller, operation: string): Promise<Record<string, unknown> | undefined> {
  const answer = (await client.callTool({ name: 'describe_operation', arguments: { operation, full: true } })) as {
    structuredContent?: { inputSchema?: Record<string, unknown>; input?: Record<string, unknown> };
  };
  return answer.structuredContent?.inputSchema ?? answer.structuredContent?.input;
}
