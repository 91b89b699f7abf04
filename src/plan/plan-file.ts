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
    return [...clashes(blueprint, at), ...unknownRecipes(blueprint, at, knownRecipes)];
  });
  if (problems.length > 0) throw invalidInput('plan', problems);
  const servers = read.servers.map((server) => {
    // Packages that are near famous ones or young are the user's to take, by name, not a file's.
    const { packages: _packages, ...grants } = server.blueprint.grants;
    return { ...server, blueprint: { ...withoutLooseSteps(server.blueprint), grants } };
  });
  return { ...read, servers };
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

/** A tool that was taken out of the plan leaves the flow with it; what came after it now comes after what it waited for. */
function withoutLooseSteps(blueprint: Blueprint): Blueprint {
  const { tools, flow } = blueprint;
  const known = new Set(tools.map((tool) => tool.name));
  const standing = (name: string, seen: readonly string[]): string[] => {
    if (known.has(name)) return [name];
    const waited = seen.includes(name) ? undefined : flow.find(({ tool }) => tool === name);
    return (waited?.after ?? []).flatMap((before) => standing(before, [...seen, name]));
  };
  const steps = flow.filter(({ tool }) => known.has(tool));
  return {
    ...blueprint,
    flow: steps.map(({ tool, after }) => ({ tool, after: [...new Set(after.flatMap((name) => standing(name, [])))] })),
  };
}
