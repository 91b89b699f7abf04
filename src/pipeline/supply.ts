import type { Crafter } from '../crafter.ts';
import type { Blueprint, Plan, Request, Tool } from '../spec/index.ts';
import { kebabCase } from '../util/index.ts';
import { variablesAsForm, withParts } from './next-blueprint.ts';
import { changeTools } from './next-version.ts';
import type { Planned } from './prepare.ts';
import type { WishDocument } from './wish-types.ts';

/**
 * Puts tools with code into a plan: one takes the place of the pending tool of its name, or of the only pending one;
 * the others join the first server.
 * @param document a form; its description and name are the plan's when it has none.
 * @throws CrafterError INVALID_INPUT as the form's reader finds.
 */
export async function supplyTools(crafter: Crafter, prepared: Planned, document: WishDocument): Promise<Planned> {
  const fields = JSON.parse(document.text) as Record<string, unknown>;
  const [first] = prepared.plan.servers;
  if (first === undefined) return crafter.builds.prepare(alone(prepared, document, fields));
  const { name, description, environment } = first.blueprint;
  const variables = { ...variablesAsForm(environment), ...(fields['environment_vars'] as object | undefined) };
  const text = JSON.stringify({ description, ...fields, environment_vars: variables, server_name: name });
  const { request, secrets } = await crafter.builds.read({ ...document, text, options: { ...document.options, name } });
  const plan = suppliedPlan(prepared.plan, request);
  return {
    planned: { ...prepared.planned, plan },
    plan,
    notes: [...prepared.notes, ...request.notes],
    secrets: { ...prepared.secrets, ...secrets },
  };
}

/** A request too vague to plan: the code says what is wanted. */
function alone({ planned }: Planned, document: WishDocument, fields: Record<string, unknown>): WishDocument {
  const [tool] = fields['custom_tools'] as { name?: unknown }[];
  const server_name = document.options.name ?? kebabCase(String(tool?.name ?? 'server'));
  return { ...document, text: JSON.stringify({ description: planned.request.intent, server_name, ...fields }) };
}

function suppliedPlan(plan: Plan, request: Request): Plan {
  const pending = plan.servers.flatMap(({ blueprint }) => blueprint.tools.filter(isPending));
  const known = new Set(plan.servers.flatMap(({ blueprint }) => blueprint.tools.map(({ name }) => name)));
  const strangers = request.tools.filter(({ name }) => !known.has(name));
  const [need, only] = [pending[0], strangers[0]];
  const renamed =
    pending.length === 1 && strangers.length === 1 && need && only ? new Map([[need.name, only]]) : undefined;
  const servers = plan.servers.map((server, index) => {
    const has = new Set(server.blueprint.tools.map(({ name }) => name));
    const mine = request.tools.filter(({ name }) => has.has(name) || (index === 0 && !known.has(name) && !renamed));
    const changed = suppliedBlueprint(server.blueprint, mine, renamed);
    return changed === server.blueprint ? server : { ...server, blueprint: withParts(changed, request) };
  });
  const open = servers.flatMap(({ blueprint }) => blueprint.tools.filter(isPending));
  const missing = plan.missing.filter(({ what }) => open.some(({ name }) => what.startsWith(`${name}:`)));
  // Code answers what was open about its own part.
  return { ...plan, servers, missing, questions: open.length === 0 ? [] : plan.questions };
}

function suppliedBlueprint(
  blueprint: Blueprint,
  tools: readonly Tool[],
  renamed: ReadonlyMap<string, Tool> | undefined,
): Blueprint {
  const named = (name: string): string => renamed?.get(name)?.name ?? name;
  if (tools.length === 0 && !blueprint.tools.some(({ name }) => renamed?.has(name) === true)) return blueprint;
  const swapped = blueprint.tools.map((tool) => renamed?.get(tool.name) ?? tool);
  return {
    ...blueprint,
    tools: changeTools(swapped, tools, []),
    flow: blueprint.flow.map(({ tool, after }) => ({ tool: named(tool), after: after.map(named) })),
    expectedOutputs: blueprint.expectedOutputs.map((output) =>
      output.tool === undefined ? output : { ...output, tool: named(output.tool) },
    ),
  };
}

const isPending = (tool: Tool): boolean => tool.implementation.kind === 'pending';
