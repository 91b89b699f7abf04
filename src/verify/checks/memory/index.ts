import {
  defineCheck,
  type CheckContext,
  type CheckOutcome,
  type ServerTool,
  type TrialServer,
} from '../../../spec/index.ts';
import { rightCall, type RightCall } from '../arguments.ts';
import { failed, passed, skipped } from '../style.ts';

const megabyte = 1024 * 1024;

/** Calls before the heap is first read, calls at its second reading, growth allowed between them in bytes. */
interface Course {
  readonly settled: number;
  readonly total: number;
  readonly allowed: number;
  /** Slower tools than this would make verification long; in milliseconds a call, when as many run together. */
  readonly slowest: number;
}

/** A tool that is slow is called less often: as much growth is allowed a call, and 0.35 MB by which heaps of sound servers vary. */
const courses: readonly Course[] = [
  { settled: 200, total: 1000, allowed: 5 * megabyte, slowest: 10 },
  { settled: 60, total: 260, allowed: 1.65 * megabyte, slowest: 50 },
];
const together = 20;

export const memory = defineCheck({
  name: 'memory',
  level: 'L3',
  summary:
    'After garbage collection, call 1,000 holds at most 5 MB more than call 200; fewer calls where they are slow.',
  applies: (context) => context.callable,
  run: (context) => context.trial('steady', (server) => measure(server, context)),
});

async function measure(server: TrialServer, context: CheckContext): Promise<CheckOutcome> {
  if ((await server.heap()) === undefined)
    return {
      figures: { memoryBytes: await server.memory() },
      cases: [skipped('The server does not run on Node, so its heap cannot be read.')],
    };
  const memoryBytes = await server.memory();
  const chosen = await choose(server, context);
  if (!chosen)
    return { figures: { memoryBytes }, cases: [skipped('No tool answers fast enough to be called again and again.')] };
  const { tool, call, course } = chosen;
  const { settled, total, allowed } = course;
  const callMany = async (count: number): Promise<void> => {
    for (let done = 0; done < count; done += together) {
      context.signal.throwIfAborted();
      await volley(server, tool, call);
    }
  };
  await callMany(settled);
  const before = await server.heap();
  await callMany(total - settled);
  const after = await server.heap();
  if (before === undefined || after === undefined)
    return {
      cases: [failed('The server went away under many calls.', 'Look for what grows or throws.', { tool: tool.name })],
    };
  const growth = Math.max(0, after - before);
  const figures = { memoryBytes, memoryGrowthBytes: growth, callMilliseconds: await medianCall(server, tool, call) };
  const megabytes = (growth / 1024 / 1024).toFixed(1);
  const message = `After garbage collection, call ${total} holds ${megabytes} MB more than call ${settled}.`;
  if (growth <= allowed) return { figures, cases: [passed(message, { tool: tool.name })] };
  return {
    figures,
    cases: [failed(message, 'Look for what is kept from call to call: caches, listeners, lists.', { tool: tool.name })],
  };
}

/** Milliseconds that a volley of calls takes. */
async function volley(server: TrialServer, tool: ServerTool, call: RightCall): Promise<number> {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: together }, () => server.call(tool.name, call.arguments, { timeoutMs: 10_000 })),
  );
  return performance.now() - start;
}

/** Milliseconds of one call after the other, warm. */
async function medianCall(server: TrialServer, tool: ServerTool, call: RightCall): Promise<number> {
  const times: number[] = [];
  for (let made = 0; made < 25; made++) times.push((await server.call(tool.name, call.arguments)).milliseconds);
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}

/** The tool that answers fastest with a result; read-only ones first, since they leave nothing behind. */
async function choose(
  server: TrialServer,
  context: CheckContext,
): Promise<{ tool: ServerTool; call: RightCall; course: Course } | undefined> {
  const rank = (tool: ServerTool): number => (tool.annotations?.['readOnlyHint'] === true ? 0 : 1);
  const candidates = [...server.tools].sort((a, b) => rank(a) - rank(b)).slice(0, 6);
  let best: { tool: ServerTool; call: RightCall; milliseconds: number } | undefined;
  for (const tool of candidates) {
    const call = rightCall(tool, context.blueprint);
    await server.lay(call.files);
    const first = await server.call(tool.name, call.arguments, { timeoutMs: 1000 });
    if (first.outcome !== 'ok' && first.outcome !== 'tool_error') continue;
    const milliseconds = (await volley(server, tool, call)) / together;
    if (best === undefined || milliseconds < best.milliseconds) best = { tool, call, milliseconds };
  }
  const course = courses.find(({ slowest }) => best !== undefined && best.milliseconds <= slowest);
  return best && course && { ...best, course };
}
