import { ToolError } from '#runtime/errors.ts';
import type { RecordValue, Value } from '#shared/field-path.ts';
import { references } from './workflow-template.ts';

export interface Condition {
  left: Value;
  operator: 'equals' | 'not_equals' | 'greater' | 'less' | 'contains' | 'exists' | 'empty';
  right?: Value;
}

export interface WorkflowStep {
  id: string;
  type: 'http' | 'wait' | 'map' | 'condition' | 'write_file';
  after?: string[];
  if?: Condition;
  retries?: number;
  retry_seconds?: number;
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path?: string;
  url?: string;
  query?: Record<string, string | number | boolean>;
  body?: Value;
  seconds?: number;
  value?: Value;
  condition?: Condition;
  file?: string;
  content?: Value;
}

/** Steps with what each has to wait for: what it names in `after`, and every step whose result it uses. */
export type Graph = ReadonlyMap<string, { readonly step: WorkflowStep; readonly after: readonly string[] }>;

const needed: Record<WorkflowStep['type'], readonly (keyof WorkflowStep)[]> = {
  http: [],
  wait: ['seconds'],
  map: ['value'],
  condition: ['condition'],
  write_file: ['file', 'content'],
};

/** @throws ToolError naming the step for a double id, an unknown step, a missing field; for a cycle, the way round it. */
export function graphOf(steps: readonly WorkflowStep[]): Graph {
  const graph = new Map<string, { step: WorkflowStep; after: string[] }>();
  for (const step of steps) {
    if (graph.has(step.id)) throw new ToolError(`Two steps have the id “${step.id}”.`, 'Give every step its own id.');
    checkFields(step);
    graph.set(step.id, {
      step,
      after: [...new Set([...(step.after ?? []), ...references(step as unknown as RecordValue)])],
    });
  }
  for (const [id, { after }] of graph) {
    const unknown = after.find((other) => !graph.has(other));
    if (unknown !== undefined)
      throw new ToolError(
        `Step “${id}” needs “${unknown}”, which is no step.`,
        `Steps are: ${[...graph.keys()].slice(0, 30).join(', ')}.`,
      );
  }
  const cycle = findCycle(graph);
  if (cycle !== undefined)
    throw new ToolError(
      `The steps wait for each other in a circle: ${cycle.join(' → ')}.`,
      'Take one of these dependencies away.',
    );
  return graph;
}

function checkFields(step: WorkflowStep): void {
  const missing = needed[step.type].find((field) => step[field] === undefined);
  if (missing !== undefined)
    throw new ToolError(`Step “${step.id}” of type ${step.type} lacks \`${missing}\`.`, `Give it \`${missing}\`.`);
  if (step.type === 'http' && (step.path === undefined) === (step.url === undefined)) {
    throw new ToolError(
      `Step “${step.id}” of type http needs either \`path\` or \`url\`.`,
      'Use `path` for the API at API_BASE_URL, `url` for another granted host.',
    );
  }
}

/** The ids round a cycle, the first again at the end. */
function findCycle(graph: Graph): string[] | undefined {
  const done = new Set<string>();
  const visit = (id: string, way: string[]): string[] | undefined => {
    const seen = way.indexOf(id);
    if (seen !== -1) return [...way.slice(seen), id];
    if (done.has(id)) return undefined;
    for (const next of graph.get(id)?.after ?? []) {
      const cycle = visit(next, [...way, id]);
      if (cycle !== undefined) return cycle;
    }
    done.add(id);
    return undefined;
  };
  for (const id of graph.keys()) {
    const cycle = visit(id, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}
