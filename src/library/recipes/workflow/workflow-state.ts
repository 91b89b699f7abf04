import { createHash } from 'node:crypto';
import { ToolError } from '#runtime/errors.ts';
import type { FolderContext } from '#runtime/context.ts';
import type { Value } from '#shared/field-path.ts';
import type { Graph, WorkflowStep } from './workflow-graph.ts';

export interface StepState {
  readonly status: 'done' | 'skipped' | 'failed' | 'blocked';
  readonly attempts: number;
  readonly result?: Value;
  readonly error?: string;
  /** Fingerprint of the step's definition. */
  readonly definition: string;
}

/** How far a run has come; written after every step. */
export interface RunState {
  readonly file: string;
  readonly steps: Map<string, StepState>;
  set(id: string, state: StepState): Promise<void>;
}

const largestResult = 1_000_000;

/** Opens a run. Steps that were done and whose definition is the same, as are all before them, count as done. */
export async function openRun(context: FolderContext, run: string, input: Value, graph: Graph): Promise<RunState> {
  const file = `workflows/${run}.json`;
  const before = await read(context, file);
  const steps = new Map<string, StepState>();
  const fingerprint = definitions(graph, input);
  const isKept = (id: string): boolean => {
    const state = before.get(id);
    if (steps.has(id)) return true;
    if (state?.definition !== fingerprint(id) || (state.status !== 'done' && state.status !== 'skipped')) return false;
    if (!(graph.get(id)?.after ?? []).every(isKept)) return false;
    steps.set(id, state);
    return true;
  };
  for (const id of graph.keys()) isKept(id);
  let writing = Promise.resolve();
  return {
    file,
    steps,
    set(id, state) {
      const large = state.result !== undefined && JSON.stringify(state.result).length > largestResult;
      if (large) throw new ToolError(`The result of step “${id}” is larger than 1 MB.`, 'Ask for less in this step.');
      steps.set(id, { ...state, definition: fingerprint(id) });
      // One after the other: the last to be written must be the newest.
      writing = writing.then(async () => {
        await context.folders.writeText(
          file,
          `${JSON.stringify({ run, steps: Object.fromEntries(steps) }, null, 2)}\n`,
        );
      });
      return writing;
    },
  };
}

function definitions(graph: Graph, input: Value): (id: string) => string {
  return (id) => {
    const step: WorkflowStep | undefined = graph.get(id)?.step;
    return createHash('sha256')
      .update(JSON.stringify([step, input]))
      .digest('hex')
      .slice(0, 32);
  };
}

async function read(context: FolderContext, file: string): Promise<Map<string, StepState>> {
  const found = await context.folders.toRead(file).catch(() => undefined);
  if (found === undefined) return new Map();
  try {
    const stored = JSON.parse(await context.folders.readText(file, 500_000_000)) as {
      steps: Record<string, StepState>;
    };
    return new Map(Object.entries(stored.steps));
  } catch {
    throw new ToolError(`The state of this run in ${file} cannot be read.`, 'Use another run_id to start anew.');
  }
}
