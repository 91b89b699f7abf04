import { readInside } from '../../../sandbox/index.ts';
import type { Blueprint, CheckContext, Json, ServerAnswer, Tool, TrialServer } from '../../../spec/index.ts';
import { changedFiles } from '../../harness/scratch.ts';
import { isObject, patienceFor, rightCall } from '../arguments.ts';

/** What one tool of the flow really produced. */
export interface Product {
  readonly tool: Tool;
  readonly answer: ServerAnswer;
  /** Files it wrote, relative path to the first 100,000 characters. */
  readonly files: ReadonlyMap<string, string>;
  /** Host it asked, which verification does not reach. */
  readonly asked?: string;
}

/** Runs the tools in the order of the flow on example data; a data set goes from tool to tool by its name. */
export async function runFlow(server: TrialServer, blueprint: Blueprint, context: CheckContext): Promise<Product[]> {
  const products = new Map<string, Product>();
  for (const { tool: name, after } of inOrder(blueprint)) {
    const tool = blueprint.tools.find((one) => one.name === name);
    if (!tool || !server.alive()) continue;
    context.signal.throwIfAborted();
    const handed = after
      .map((before) => products.get(before)?.answer)
      .map(datasetOf)
      .findLast((dataset) => dataset !== undefined);
    products.set(name, await produce(server, tool, handed, context));
  }
  return [...products.values()];
}

async function produce(
  server: TrialServer,
  tool: Tool,
  dataset: string | undefined,
  context: CheckContext,
): Promise<Product> {
  const listed = server.tools.find(({ name }) => name === tool.name);
  const call = rightCall(listed ?? { name: tool.name, inputSchema: tool.input }, context.blueprint);
  await server.lay(call.files);
  const [before, requested] = [await server.snapshot(), (await server.requests()).length];
  const ask = (args: { readonly [key: string]: Json }) =>
    server.call(tool.name, args, { timeoutMs: patienceFor(context, 30_000) });
  const takes = dataset !== undefined && 'dataset' in call.arguments;
  let answer = await ask(takes ? { ...call.arguments, dataset } : call.arguments);
  // The rules of an example may be for other columns than the data set that was handed on.
  if (takes && answer.outcome === 'tool_error') answer = await ask(call.arguments);
  const written = changedFiles(before, await server.snapshot()).slice(0, 50);
  const texts = await Promise.all(
    written.map(async (file): Promise<[string, string]> => [
      file,
      (await readInside(server.workspace, file, 100_000))?.bytes.toString('utf8') ?? '',
    ]),
  );
  const asked = (await server.requests())[requested];
  return { tool, answer, files: new Map(texts), ...(asked !== undefined && { asked }) };
}

function datasetOf(answer: ServerAnswer | undefined): string | undefined {
  const structured = answer?.outcome === 'ok' ? answer.structured : undefined;
  return isObject(structured) && typeof structured['dataset'] === 'string' ? structured['dataset'] : undefined;
}

/** Steps with those they need first; a tool outside of the flow comes last. */
function inOrder(blueprint: Blueprint): { tool: string; after: readonly string[] }[] {
  const steps =
    blueprint.flow.length > 0 ? [...blueprint.flow] : blueprint.tools.map(({ name }) => ({ tool: name, after: [] }));
  const ordered: { tool: string; after: readonly string[] }[] = [];
  while (steps.length > 0) {
    const waits = (after: readonly string[]): boolean => after.some((name) => steps.some((step) => step.tool === name));
    const next = Math.max(
      0,
      steps.findIndex(({ after }) => !waits(after)),
    );
    ordered.push(...steps.splice(next, 1));
  }
  return ordered;
}
