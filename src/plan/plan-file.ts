import { invalidInput, parseInput, parseJson, plannedRequest } from '../spec/index.ts';
import type { PlannedRequest } from '../spec/index.ts';
import type { Problem } from '../errors.ts';

/**
 * Reads a plan file, as `plan` wrote it and a person may have edited it.
 * @throws CrafterError INVALID_INPUT naming each field that is wrong.
 */
export function readPlanFile(text: string, knownRecipes: readonly string[]): PlannedRequest {
  const planned = parseInput(plannedRequest, parseJson(text), 'plan');
  const problems: Problem[] = planned.plan.servers.flatMap(({ blueprint }, server) => {
    const at = `plan.servers[${server}].blueprint`;
    const names = blueprint.tools.map((tool) => tool.name);
    const clashes = names.flatMap((name, index) =>
      names.indexOf(name) < index
        ? [
            {
              field: `${at}.tools[${index}].name`,
              value: name,
              message: `also the name of tools[${names.indexOf(name)}]`,
              remedy: 'Rename one of them.',
            },
          ]
        : [],
    );
    const unknown = blueprint.tools.flatMap((tool, index) =>
      tool.implementation.kind === 'recipe' && !knownRecipes.includes(tool.implementation.recipe)
        ? [
            {
              field: `${at}.tools[${index}].implementation.recipe`,
              value: tool.implementation.recipe,
              message: 'no recipe of the library',
              remedy: `Recipes: ${knownRecipes.join(', ')}.`,
            },
          ]
        : [],
    );
    const loose = blueprint.flow.flatMap(({ tool, after }, index) =>
      [tool, ...after]
        .filter((name) => !names.includes(name))
        .map((name) => ({
          field: `${at}.flow[${index}]`,
          value: name,
          message: 'no tool of this server',
          remedy: 'Remove it from the flow too.',
        })),
    );
    return [...clashes, ...unknown, ...loose];
  });
  if (problems.length > 0) throw invalidInput('plan', problems);
  return planned;
}
