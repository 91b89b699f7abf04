import { blueprint as blueprintSchema, invalidInput } from '../spec/index.ts';
import type { Analysis, Blueprint, Plan, Recipe, Request } from '../spec/index.ts';
import { apiServer } from './api/server.ts';
import { makeBlueprint } from './blueprint.ts';
import { chooseName } from './names.ts';
import { deployment, grantsNeeded, phasesOf, rollback, waysFor } from './texts.ts';
import { divide } from './groups.ts';
import type { Group } from './groups.ts';
import { chooseTools } from './choose-tools.ts';

/** Turns a Request and its Analysis into Blueprints and everything around them. */
export type Planner = (request: Request, analysis: Analysis) => Plan;

/**
 * A plan without servers has questions; one with pending tools says in `missing` how to supply them.
 * The planner raises INVALID_INPUT for a form that names no tool and describes none.
 */
export function createPlanner(recipes: readonly Recipe[]): Planner {
  return (request, analysis) => {
    const given = givenBlueprint(request);
    if (given !== undefined) return assemble(request, analysis, [{ blueprint: given, why: 'Given as a Blueprint.' }]);
    if (request.kind === 'form' && request.tools.length === 0 && analysis.matches.length === 0) throw noTool(request);
    if (request.api !== undefined) return assemble(request, analysis, [apiServer(request, analysis, request.api)]);
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
        ? [
            {
              what: `${tool.name}: ${tool.implementation.need}`,
              ways: waysFor(tool.name, likelyFor(tool.implementation.need, analysis)),
            },
          ]
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

/** A tool of the library that perhaps does what is missing: its words stand in what is said of it. */
function likelyFor(need: string, analysis: Analysis): Analysis['suggestions'][number] | undefined {
  const said = need.toLowerCase();
  return analysis.suggestions.find(({ evidence }) => evidence.split(' ').every((word) => said.includes(word)));
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
