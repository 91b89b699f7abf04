import type { ToolContext } from './context.ts';
import { callTool, type CallLimits } from './call.ts';
import type { ToolResult } from './result.ts';
import { defineTool, type Tool, type ToolDefinition } from './tool.ts';

const definition = {
  name: 'sample',
  title: 'Sample',
  description: 'A sample.',
  inputSchema: { type: 'object', properties: {} },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
} as const;

/** A tool for tests of the runtime: a definition with the fields given. */
export function sampleTool(fields: Partial<ToolDefinition<any, ToolContext>>): Tool {
  return defineTool<any, ToolContext>({ ...definition, run: () => ({}), ...fields });
}

/** One call with small limits unless given. */
export function callSample(
  tool: Tool,
  args: unknown,
  limits: Partial<CallLimits> = {},
  cancelled?: AbortSignal,
): Promise<ToolResult> {
  const all = { maxSeconds: 5, maxInputBytes: 1000, maxResultCharacters: 200, ...limits };
  const origin = { cancelled: cancelled ? [cancelled] : [], notifyProgress: () => undefined };
  return callTool(tool, args, origin, all, (context) => context);
}

export function textOf(result: ToolResult): string {
  return result.content
    .map((part) => (part.type === 'text' ? part.text : part.type === 'resource_link' ? part.uri : part.type))
    .join('\n');
}
