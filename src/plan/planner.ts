import { blueprint as blueprintSchema, invalidInput } from '../spec/index.ts';
import type { Analysis, Blueprint, Plan, Recipe, Request } from '../spec/index.ts';
import { makeBlueprint } from './blueprint.ts';
import { needsDataset, roleOf } from './flow.ts';
import { chooseName } from './names.ts';
import { deployment, grantsNeeded, phasesOf, rollback, waysFor } from './texts.ts';
import { fromMatches, fromRecipe, pendingTool } from './tools.ts';
import type { PlannedTool } from './tools.ts';

/** Turns a Request and its Analysis into Blueprints and everything around them. */
export type Planner = (request: Request, analysis: Analysis) => Plan;

/** The reader that brings data in when the request names no format: most data that people have at hand is CSV. */
const usualReader = { recipe: 'csv', tool: 'csv_processor' };

/**
 * A plan without servers has questions; one with pending tools says in `missing` how to supply them.
 * The planner raises INVALID_INPUT for a form that names no tool and describes none.
 */
export function createPlanner(recipes: readonly Recipe[]): Planner {
  return (request, analysis) => {
    const given = givenBlueprint(request);
    if (given !== undefined) return assemble(request, analysis, [{ blueprint: given, why: 'Given as a Blueprint.' }]);
    if (request.kind === 'form' && request.tools.length === 0 && analysis.matches.length === 0) throw noTool(request);
    if (analysis.questions.length > 0) return assemble(request, analysis, []);
    const tools = chooseTools(recipes, request, analysis);
    const name = chooseName(
      request,
      analysis,
      tools.map(({ tool }) => tool.name),
    );
    return assemble(
      request,
      analysis,
      divide(request, tools).map((group) => server(request, analysis, name, group)),
    );
  };
}

interface Group {
  readonly suffix: string;
  readonly tools: readonly PlannedTool[];
  readonly why: string;
}

function chooseTools(recipes: readonly Recipe[], request: Request, analysis: Analysis): PlannedTool[] {
  const own: PlannedTool[] = request.tools.map((tool) => ({ tool, recipe: undefined, source: undefined }));
  const tools = [...own, ...fromMatches(recipes, analysis)];
  const reader = readerFor(recipes, tools, analysis);
  if (reader !== undefined) tools.unshift(reader);
  if (request.tools.length > 0) return tools;
  const taken = new Set(tools.map(({ tool }) => tool.name));
  for (const need of analysis.uncovered) {
    const pending = pendingTool(need, taken);
    taken.add(pending.tool.name);
    tools.push(pending);
  }
  return tools;
}

/** Tools that work on data sets are of no use before something has made one. */
function readerFor(
  recipes: readonly Recipe[],
  tools: readonly PlannedTool[],
  analysis: Analysis,
): PlannedTool | undefined {
  const waiting = tools.some(({ tool, source }) => source !== undefined && needsDataset(tool.input));
  if (!waiting || tools.some((tool) => roleOf(tool) === 'source')) return undefined;
  const recipe = recipes.find((candidate) => candidate.name === usualReader.recipe);
  const source = recipe?.tools.find((candidate) => candidate.name === usualReader.tool);
  return recipe === undefined || source === undefined
    ? undefined
    : fromRecipe(recipe, source, { evidence: 'no format is named; CSV is the usual one', limits: analysis.limits });
}

/** One server, unless the request asks for several and its tools fall apart into those that call out and those that do not. */
function divide(request: Request, tools: readonly PlannedTool[]): Group[] {
  const asked = /\b(separate|two|several|different|multiple|own) (mcp )?servers?\b/i.test(
    [request.intent, ...request.requirements, ...request.constraints].join('\n'),
  );
  const outside = tools.filter(({ tool }) => tool.annotations.openWorldHint);
  const inside = tools.filter(({ tool }) => !tool.annotations.openWorldHint);
  if (!asked || outside.length === 0 || inside.length === 0) {
    return [
      {
        suffix: '',
        tools,
        why: `One server: its ${tools.length === 1 ? 'tool has' : 'tools share'} one workspace, one set of grants and one purpose.`,
      },
    ];
  }
  return [
    {
      suffix: '-api',
      tools: outside,
      why: 'Its tools call other systems and hold credentials; the request asks for separate servers.',
    },
    {
      suffix: '-data',
      tools: inside,
      why: 'Its tools work on local data and need no network; the request asks for separate servers.',
    },
  ];
}

function server(request: Request, analysis: Analysis, name: string, group: Group): Plan['servers'][number] {
  return {
    blueprint: makeBlueprint(request, analysis, `${name}${group.suffix}`.slice(0, 63), group.tools),
    why: group.why,
  };
}

function assemble(request: Request, analysis: Analysis, servers: Plan['servers']): Plan {
  const blueprints = servers.map(({ blueprint }) => blueprint);
  const missing = blueprints.flatMap(({ tools }) =>
    tools.flatMap((tool) =>
      tool.implementation.kind === 'pending'
        ? [{ what: `${tool.name}: ${tool.implementation.need}`, ways: waysFor(tool.name) }]
        : [],
    ),
  );
  const needed = [...new Set(blueprints.flatMap(grantsNeeded))];
  return {
    format: 1,
    id: `plan-${request.taskId ?? request.digest.slice(0, 12)}`,
    servers,
    phases: blueprints.length === 0 ? [] : phasesOf(blueprints, needed, missing, analysis),
    deployment,
    rollback,
    grantsNeeded: needed,
    missing,
    questions: analysis.questions,
  };
}

/** A Blueprint that came in whole stays as it is, but for the name and the grants the user gave beside it. */
function givenBlueprint(request: Request): Blueprint | undefined {
  if (request.kind !== 'blueprint') return undefined;
  const given = blueprintSchema.parse(request.metadata['blueprint']);
  return { ...given, name: request.name ?? given.name, grants: request.grants };
}

function noTool(request: Request): Error {
  return invalidInput('form', [
    {
      field: 'custom_tools',
      value: '[]',
      message: `names no tool, and the description (“${request.intent.slice(0, 60)}”) asks for none of the library's`,
      remedy:
        'Give at least one tool with name, description, parameters and implementation, or describe what to read, check, change or call.',
    },
  ]);
}
