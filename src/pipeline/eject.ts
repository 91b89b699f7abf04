import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { nearest } from '../spec/index.ts';
import type { Blueprint } from '../spec/index.ts';
import { changeTools } from './next-version.ts';

/**
 * The Blueprint with operations of its API as plain code; those of its catalogue become listed tools.
 * @throws CrafterError NOT_FOUND for a name it does not have, NOT_SUPPORTED for an operation that code would not do right.
 */
export async function ejected(crafter: Crafter, blueprint: Blueprint, names: readonly string[]): Promise<Blueprint> {
  const { api, tools, catalogue = [] } = blueprint;
  const known = new Map([...tools, ...catalogue].map((tool) => [tool.name, tool]));
  const language = await (await crafter.workshop()).language(blueprint.language);
  const changed = names.map((name) => {
    const tool = known.get(name);
    if (tool === undefined) throw unknown(blueprint.name, name, [...known.keys()]);
    if (api === undefined) throw noApi(blueprint.name);
    return language.eject(tool, api);
  });
  const rest = catalogue.filter(({ name }) => !names.includes(name));
  const next = { ...blueprint, tools: changeTools(tools, changed, []) };
  return catalogue.length === 0 ? next : { ...next, catalogue: rest };
}

/**
 * The Blueprint with tools that were ejected as operations again; what was changed in their code is gone.
 * @throws CrafterError NOT_FOUND for a name it does not have, NOT_SUPPORTED for a tool that was not ejected.
 */
export async function restored(_: Crafter, blueprint: Blueprint, names: readonly string[]): Promise<Blueprint> {
  const changed = names.map((name) => {
    const tool = blueprint.tools.find((one) => one.name === name);
    if (tool === undefined)
      throw unknown(
        blueprint.name,
        name,
        blueprint.tools.map((one) => one.name),
      );
    const { implementation } = tool;
    if (implementation.kind === 'code' && implementation.operation !== undefined)
      return { ...tool, implementation: implementation.operation };
    throw new CrafterError('NOT_SUPPORTED', `${name} was not ejected.`, { hint: 'Leave it as it is.' });
  });
  return { ...blueprint, tools: changeTools(blueprint.tools, changed, []) };
}

function unknown(server: string, name: string, known: readonly string[]): CrafterError {
  const near = nearest(name, known);
  return new CrafterError('NOT_FOUND', `${server} has no tool or operation named "${name}".`, {
    hint: near === undefined ? `See them with: mcp-crafter show ${server}` : `Did you mean ${near}?`,
  });
}

function noApi(server: string): CrafterError {
  return new CrafterError('NOT_SUPPORTED', `${server} has no operations of an API.`, {
    hint: 'Its tools are code or recipes already.',
  });
}
