import { invalidInput, parseInput, plan } from '../spec/index.ts';
import type { Blueprint, Plan } from '../spec/index.ts';
import type { Problem } from '../errors.ts';

/**
 * Reads a plan that a person may have edited.
 * @throws CrafterError INVALID_INPUT naming each field that is wrong.
 */
export function readPlan(value: unknown, knownRecipes: readonly string[]): Plan {
  const read = parseInput(plan, value, 'plan');
  const problems = read.servers.flatMap(({ blueprint }, index) => {
    const at = `plan.servers[${index}].blueprint`;
    return [...clashes(blueprint, at), ...unknownRecipes(blueprint, at, knownRecipes), ...looseSteps(blueprint, at)];
  });
  if (problems.length > 0) throw invalidInput('plan', problems);
  return read;
}

function clashes({ tools }: Blueprint, at: string): Problem[] {
  const names = tools.map((tool) => tool.name);
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    if (first === index) return [];
    const message = `also the name of tools[${first}]`;
    return [{ field: `${at}.tools[${index}].name`, value: name, message, remedy: 'Rename one of them.' }];
  });
}

function unknownRecipes({ tools }: Blueprint, at: string, known: readonly string[]): Problem[] {
  return tools.flatMap(({ implementation }, index) => {
    if (implementation.kind !== 'recipe' || known.includes(implementation.recipe)) return [];
    const field = `${at}.tools[${index}].implementation.recipe`;
    const remedy = `Recipes: ${known.join(', ')}.`;
    return [{ field, value: implementation.recipe, message: 'no recipe of the library', remedy }];
  });
}

function looseSteps({ tools, flow }: Blueprint, at: string): Problem[] {
  const names = tools.map((tool) => tool.name);
  return flow.flatMap(({ tool, after }, index) =>
    [tool, ...after]
      .filter((name) => !names.includes(name))
      .map((value) => ({
        field: `${at}.flow[${index}]`,
        value,
        message: 'no tool of this server',
        remedy: 'Remove it from the flow too.',
      })),
  );
}
