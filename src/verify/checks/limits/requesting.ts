import type { Blueprint, Json, ServerTool, TrialServer } from '../../../spec/index.ts';
import { examplesOf, isObject, rightCall } from '../arguments.ts';

/** A call that makes outgoing requests, found by calling: one that reads from another system if there is one. */
export async function findRequesting(server: TrialServer, blueprint: Blueprint): Promise<RequestingCall | undefined> {
  if (!(await server.mock('answer'))) return undefined;
  const rank = (tool: ServerTool): number => (tool.annotations?.['openWorldHint'] === false ? 1 : 0);
  let other: RequestingCall | undefined;
  for (const tool of [...server.tools].sort((a, b) => rank(a) - rank(b))) {
    for (const args of candidates(tool, blueprint)) {
      const call = { tool: tool.name, arguments: args };
      const requests = await requestsOf(server, call, 5000);
      if (!server.alive()) return undefined;
      // The first call may also sign in; what it asked last is the tool's own.
      if (requests.at(-1)?.startsWith('GET ') === true) return call;
      if (requests.length > 0) other ??= call;
    }
  }
  return other;
}

export interface RequestingCall {
  readonly tool: string;
  readonly arguments: { readonly [key: string]: Json };
}

/** Examples, for real where they only rehearse, and one call for each choice that the tool demands. */
function candidates(tool: ServerTool, blueprint: Blueprint): { readonly [key: string]: Json }[] {
  const given = examplesOf(blueprint, tool.name).map((example) => example.arguments);
  const meant = given.map((args) => Object.fromEntries(Object.entries(args).filter(([name]) => name !== 'dry_run')));
  const plain = rightCall(tool, undefined).arguments;
  const properties = isObject(tool.inputSchema['properties']) ? tool.inputSchema['properties'] : {};
  const choices = Object.entries(properties).flatMap(([name, schema]) =>
    name in plain && isObject(schema) && Array.isArray(schema['enum'])
      ? schema['enum'].map((choice) => ({ ...plain, [name]: choice }))
      : [],
  );
  return [...meant.slice(0, 4), plain, ...choices.slice(0, 8)];
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
