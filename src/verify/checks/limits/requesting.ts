import type { Blueprint, Json, ServerTool, TrialServer } from '../../../spec/index.ts';
import { rightCall } from '../arguments.ts';

/** A tool whose call makes outgoing requests, found by calling; undefined when none does. */
export async function findRequesting(server: TrialServer, blueprint: Blueprint): Promise<RequestingCall | undefined> {
  if (!(await server.mock('answer'))) return undefined;
  const rank = (tool: ServerTool): number => (tool.annotations?.['openWorldHint'] === false ? 1 : 0);
  for (const tool of [...server.tools].sort((a, b) => rank(a) - rank(b))) {
    for (const args of candidates(tool, blueprint)) {
      const before = (await server.requests()).length;
      await server.call(tool.name, args, { timeoutMs: 5000 });
      if ((await server.requests()).length > before) return { tool: tool.name, arguments: args };
      if (!server.alive()) return undefined;
    }
  }
  return undefined;
}

export interface RequestingCall {
  readonly tool: string;
  readonly arguments: { readonly [key: string]: Json };
}

function candidates(tool: ServerTool, blueprint: Blueprint): { readonly [key: string]: Json }[] {
  const examples = blueprint.tools.find(({ name }) => name === tool.name)?.examples ?? [];
  return [rightCall(tool, undefined).arguments, ...examples.map((example) => example.arguments)].slice(0, 4);
}

/** Requests that one call makes while the other side is unavailable. */
export async function requestsOf(
  server: TrialServer,
  call: RequestingCall,
  timeoutMs: number,
): Promise<readonly string[]> {
  const before = (await server.requests()).length;
  await server.call(call.tool, call.arguments, { timeoutMs });
  return (await server.requests()).slice(before);
}
