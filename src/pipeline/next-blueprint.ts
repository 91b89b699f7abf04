import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { invalidInput } from '../spec/index.ts';
import type { Blueprint } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { refuseUnbuildable } from './accept.ts';
import { changeTools } from './next-version.ts';
import type { Wish, WishDocument } from './types.ts';
import { mergeGrants } from './wish.ts';

export interface Change {
  readonly document: WishDocument | undefined;
  /** The document holds only some fields of a form: tools are added or replaced, the rest stays. */
  readonly partial: boolean;
  readonly removeTools: readonly string[];
  readonly wish: Wish;
  readonly dryRun: boolean;
}

export interface Next {
  readonly blueprint: Blueprint;
  readonly secrets: Readonly<Record<string, string>>;
  readonly notes: readonly string[];
}

/** The Blueprint as asked for, before what carries over from the current version. */
export async function nextOf(
  crafter: Crafter,
  record: ServerRecord,
  { document, partial, removeTools }: Change,
): Promise<Next> {
  const current = record.blueprint;
  const unknown = removeTools.find((name) => !current.tools.some((tool) => tool.name === name));
  if (unknown !== undefined) {
    throw new CrafterError('NOT_FOUND', `${record.name} has no tool named "${unknown}".`, {
      hint: `Its tools: ${current.tools.map(({ name }) => name).join(', ')}.`,
    });
  }
  if (document === undefined) {
    const tools = changeTools(current.tools, [], removeTools);
    return { blueprint: withTools(current, tools), secrets: {}, notes: [] };
  }
  const prepared = await crafter.builds.prepare(
    partial ? asForm(record, document) : { ...document, options: { ...document.options, name: record.name } },
  );
  refuseUnbuildable(prepared.plan);
  const [server, ...others] = prepared.plan.servers;
  if (server === undefined || others.length > 0) {
    throw invalidInput('input', [
      {
        field: 'document',
        message: `plans ${prepared.plan.servers.length} servers`,
        remedy: 'Give a request for one server.',
      },
    ]);
  }
  const { secrets, notes } = prepared;
  if (!partial)
    return {
      blueprint: withTools(server.blueprint, changeTools(server.blueprint.tools, [], removeTools)),
      secrets,
      notes,
    };
  const changed = server.blueprint.tools.filter((tool) =>
    prepared.planned.request.tools.some(({ name }) => name === tool.name),
  );
  const next: Blueprint = {
    ...current,
    description: server.blueprint.description,
    dependencies: unique([...server.blueprint.dependencies, ...current.dependencies]),
    environment: unique([...server.blueprint.environment, ...current.environment]),
    limits: current.limits,
  };
  return { blueprint: withTools(next, changeTools(current.tools, changed, removeTools)), secrets, notes };
}

/** Some fields of a form, completed by what the server has. */
function asForm(record: ServerRecord, document: WishDocument): WishDocument {
  const fields = JSON.parse(document.text) as Record<string, unknown>;
  return {
    ...document,
    text: JSON.stringify({ description: record.blueprint.description, ...fields, server_name: record.name }),
    options: { ...document.options, name: record.name },
  };
}

/** Steps of the flow that name a tool which is gone go with it. */
function withTools(blueprint: Blueprint, tools: Blueprint['tools']): Blueprint {
  if (tools.length === 0)
    throw invalidInput('input', [
      { field: 'remove_tools', message: 'would leave no tool', remedy: 'Use delete to remove the server.' },
    ]);
  const names = new Set(tools.map(({ name }) => name));
  const flow = blueprint.flow
    .filter(({ tool }) => names.has(tool))
    .map((step) => ({ ...step, after: step.after.filter((name) => names.has(name)) }));
  return { ...blueprint, tools, flow };
}

/** Name, grants, values and pins stay unless the change says otherwise. */
export function carryOver(before: Blueprint, next: Blueprint): Blueprint {
  const values = new Map(before.environment.map(({ name, value }) => [name, value]));
  const pins = new Map(before.dependencies.map((dependency) => [dependency.name, dependency]));
  return {
    ...next,
    name: before.name,
    grants: mergeGrants(before.grants, { folders: next.grants.folders, hosts: next.grants.hosts }),
    environment: next.environment.map((variable) => {
      const value = variable.value ?? values.get(variable.name);
      return variable.secret || value === undefined ? variable : { ...variable, value };
    }),
    dependencies: next.dependencies.map((dependency) =>
      isExact(dependency.version) ? dependency : (pins.get(dependency.name) ?? dependency),
    ),
  };
}

const isExact = (version: string): boolean => /^\d+\.\d+\.\d+/.test(version);

function unique<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...new Map(items.toReversed().map((item) => [item.name, item])).values()].toReversed();
}
