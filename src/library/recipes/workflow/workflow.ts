import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from '#runtime/errors.ts';
import type { CallContext } from '#shared/bearer.ts';
import type { RecordValue, Value } from '#shared/field-path.ts';
import { graphOf, type Graph, type WorkflowStep } from './workflow-graph.ts';
import { openRun, type RunState, type StepState } from './workflow-state.ts';
import { holds, runStep } from './workflow-steps.ts';
import { filled, references, type Scope } from './workflow-template.ts';

export interface WorkflowEngineInput {
  steps: WorkflowStep[];
  input?: RecordValue;
  output?: Value;
  run_id?: string;
  max_parallel?: number;
}

export interface WorkflowEngineOutput {
  run_id: string;
  status: 'completed' | 'failed';
  steps: { id: string; status: StepState['status']; attempts: number; error?: string }[];
  resumed: number;
  state_file: string;
  output?: Value;
}

/** Runs a graph of steps, what does not depend on each other at the same time; a failed run goes on where it stopped. */
export async function runWorkflow(args: WorkflowEngineInput, context: CallContext): Promise<WorkflowEngineOutput> {
  const graph = graphOf(args.steps);
  const unknown = references(args.output).find((id) => !graph.has(id));
  if (unknown !== undefined) throw new ToolError(`The output uses “${unknown}”, which is no step.`, 'Name a step.');
  const input = args.input ?? {};
  const runId = args.run_id ?? `run-${randomBytes(6).toString('hex')}`;
  const state = await openRun(context, runId, input, graph);
  const resumed = state.steps.size;
  await runAll({ graph, state, input, runId, context, parallel: args.max_parallel ?? 4 });
  const steps = [...graph.keys()].map((id) => summary(id, state));
  const failed = steps.some((step) => step.status === 'failed' || step.status === 'blocked');
  const answer = { run_id: runId, steps, resumed, state_file: state.file };
  if (failed) return { ...answer, status: 'failed' };
  return {
    ...answer,
    status: 'completed',
    ...(args.output === undefined ? {} : { output: filled(args.output, scopeOf(state, input)) }),
  };
}

interface Run {
  readonly graph: Graph;
  readonly state: RunState;
  readonly input: RecordValue;
  readonly runId: string;
  readonly context: CallContext;
  readonly parallel: number;
}

async function runAll(run: Run): Promise<void> {
  const { graph, state, context } = run;
  const running = new Map<string, Promise<void>>();
  for (;;) {
    context.signal.throwIfAborted();
    const ready = [...graph].filter(
      ([id, { after }]) => !state.steps.has(id) && !running.has(id) && after.every((other) => state.steps.has(other)),
    );
    for (const [id] of ready.slice(0, run.parallel - running.size)) {
      running.set(
        id,
        settle(run, id).finally(() => running.delete(id)),
      );
    }
    if (running.size === 0) return;
    await Promise.race(running.values());
    context.progress(state.steps.size, graph.size, `${state.steps.size} of ${graph.size} steps`);
  }
}

async function settle(run: Run, id: string): Promise<void> {
  const { graph, state, context } = run;
  const node = graph.get(id);
  if (node === undefined) return;
  const before = node.after.map((other) => state.steps.get(other)?.status);
  const blocked = before.some((status) => status === 'failed' || status === 'blocked');
  if (blocked) return state.set(id, { status: 'blocked', attempts: 0, definition: '' });
  // A step after several branches runs when one of them did.
  if (before.length > 0 && before.every((status) => status === 'skipped'))
    return state.set(id, { status: 'skipped', attempts: 0, definition: '' });
  let attempts = 0;
  for (;;) {
    attempts += 1;
    try {
      const scope = scopeOf(state, run.input);
      if (node.step.if !== undefined && !holds(node.step.if, scope))
        return await state.set(id, { status: 'skipped', attempts: 0, definition: '' });
      return await state.set(id, {
        status: 'done',
        attempts,
        result: await runStep(node.step, scope, run.runId, context),
        definition: '',
      });
    } catch (error) {
      context.signal.throwIfAborted();
      const told =
        error instanceof ToolError
          ? `${error.message} ${error.nextStep}`
          : 'The step failed without a reason that can be told.';
      if (attempts > (node.step.retries ?? 0))
        return state.set(id, { status: 'failed', attempts, error: told, definition: '' });
    }
    await sleep((node.step.retry_seconds ?? 1) * 1000 * 2 ** (attempts - 1), undefined, { signal: context.signal });
  }
}

function scopeOf(state: RunState, input: RecordValue): Scope {
  return { input, steps: Object.fromEntries([...state.steps].map(([id, step]) => [id, step.result ?? null])) };
}

function summary(id: string, state: RunState): WorkflowEngineOutput['steps'][number] {
  const step = state.steps.get(id);
  return {
    id,
    status: step?.status ?? 'blocked',
    attempts: step?.attempts ?? 0,
    ...(step?.error === undefined ? {} : { error: step.error }),
  };
}
