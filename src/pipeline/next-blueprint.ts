import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { invalidInput } from '../spec/index.ts';
import type { Blueprint, Request } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { refuseUnbuildable } from './accept.ts';
import { ejected, restored } from './eject.ts';
import { keepEjected } from './keep-ejected.ts';
import { changeTools } from './next-version.ts';
import type { WishDocument } from './wish-types.ts';
import type { Wish } from './wish-types.ts';
import { authorities } from './authorities.ts';
import type { Revocation } from './revoke.ts';
import { mergeGrants } from './wish.ts';

export interface Change {
  readonly document: WishDocument | undefined;
  /** The document holds only some fields of a form: tools are added or replaced, the rest stays. */
  readonly partial: boolean;
  readonly removeTools: readonly string[];
  /** Operations of its API that become plain code. */
  readonly ejectTools?: readonly string[];
  /** Those become operations again. */
  readonly undoEject?: boolean;
  readonly wish: Wish;
  /** Grants that end with this version. */
  readonly revoke?: Revocation;
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
  { document, partial, removeTools, ejectTools = [], undoEject = false }: Change,
): Promise<Next> {
  const change = undoEject ? restored : ejected;
  const current = ejectTools.length === 0 ? record.blueprint : await change(crafter, record.blueprint, ejectTools);
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
  return partial
    ? changeSome(crafter, record, document, removeTools)
    : changeAll(crafter, record, document, removeTools);
}

/** A whole request takes the place of what the server was made from. */
async function changeAll(
  crafter: Crafter,
  record: ServerRecord,
  document: WishDocument,
  removeTools: readonly string[],
): Promise<Next> {
  const { plan, secrets, notes } = await crafter.builds.prepare({
    ...document,
    options: { ...document.options, name: record.name },
  });
  refuseUnbuildable(plan);
  const [server, ...others] = plan.servers;
  if (server === undefined || others.length > 0) {
    const message = `plans ${plan.servers.length} servers`;
    throw invalidInput('input', [{ field: 'document', message, remedy: 'Give a request for one server.' }]);
  }
  const staying = { ...record.blueprint, tools: changeTools(record.blueprint.tools, [], removeTools) };
  const kept = keepEjected(staying, server.blueprint);
  const tools = changeTools(kept.blueprint.tools, [], removeTools);
  const told = [...notes, ...kept.notes, ...addressNote(record.blueprint, server.blueprint)];
  return { blueprint: withTools(kept.blueprint, tools), secrets, notes: told };
}

/** A new document brings its own address: whoever built for another one learns of it before credentials go there. */
function addressNote(before: Blueprint, after: Blueprint): string[] {
  const [from, to] = [before.api?.servers[0], after.api?.servers[0]];
  if (from === undefined || to === undefined || from.url === to.url || from.url === '') return [];
  if (before.environment.some(({ name, value }) => name === to.variable && value !== undefined)) return [];
  return [`It calls ${to.url || 'no address'} from now on, not ${from.url}. To keep that: --base-url ${from.url}`];
}

/** Some fields of a form: nothing is planned anew. */
async function changeSome(
  crafter: Crafter,
  record: ServerRecord,
  document: WishDocument,
  removeTools: readonly string[],
): Promise<Next> {
  const { request, secrets } = await crafter.builds.read(asForm(record, document));
  const next = { ...withParts(record.blueprint, request), description: request.intent };
  const tools = changeTools(record.blueprint.tools, request.tools, removeTools);
  return { blueprint: withTools(next, tools), secrets, notes: request.notes };
}

/** What the tools of a form need beside their code. */
export function withParts(blueprint: Blueprint, request: Request): Blueprint {
  const wanted = request.dependencies.map((dependency) => ({ version: 'latest', ...dependency }));
  return {
    ...blueprint,
    dependencies: unique([...wanted, ...blueprint.dependencies]),
    environment: unique([...request.environment, ...blueprint.environment]),
    grants: mergeGrants(blueprint.grants, request.grants),
  };
}

/** Some fields of a form, completed by what the server has. */
function asForm(record: ServerRecord, document: WishDocument): WishDocument {
  const { custom_tools: given, environment_vars, ...fields } = JSON.parse(document.text) as Record<string, unknown>;
  const custom_tools = Array.isArray(given) ? given.map((tool) => completed(record, tool)) : given;
  const { description, environment } = record.blueprint;
  const variables = { ...variablesAsForm(environment), ...(isRecord(environment_vars) ? environment_vars : {}) };
  return {
    ...document,
    text: JSON.stringify({
      description,
      ...fields,
      custom_tools,
      environment_vars: variables,
      server_name: record.name,
    }),
    options: { ...document.options, name: record.name },
  };
}

/** Variables as a form declares them, so that code which reads one does not declare it anew. */
export function variablesAsForm(environment: Blueprint['environment']): Record<string, unknown> {
  const own = environment.filter(({ name }) => name !== authorities.name);
  return Object.fromEntries(own.map(({ name, ...variable }) => [name, variable]));
}

/** A tool that the server has already keeps what the change does not name. */
function completed(record: ServerRecord, given: unknown): unknown {
  if (!isRecord(given)) return given;
  const tool = record.blueprint.tools.find(({ name }) => name === given['name']);
  if (tool === undefined) return given;
  const { title, description, input, output, annotations, examples, implementation } = tool;
  const code = implementation.kind === 'code' ? implementation.code : undefined;
  // Hints and examples speak of the code that they were made for.
  const kept = given['implementation'] === undefined ? { implementation: code, annotations } : {};
  const shape = given['parameters'] === undefined ? { parameters: input, examples } : {};
  return { title, description, output, ...shape, ...kept, ...given };
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
  const kept = before.environment.filter(
    ({ name }) => name === authorities.name && !next.environment.some((variable) => variable.name === name),
  );
  const known = new Map(before.environment.map((variable) => [variable.name, variable]));
  const pins = new Map(before.dependencies.map((dependency) => [dependency.name, dependency]));
  return {
    ...next,
    name: before.name,
    grants: mergeGrants(before.grants, next.grants),
    environment: [...next.environment, ...kept].map((variable) => {
      const had = known.get(variable.name);
      // Its sealed value counts on, so it stays a secret.
      if (had?.secret === true && variable.value === undefined) return { ...variable, secret: true };
      const value = variable.value ?? had?.value;
      return variable.secret || value === undefined ? variable : { ...variable, value };
    }),
    dependencies: next.dependencies.map((dependency) => {
      const pin = pins.get(dependency.name);
      return pin !== undefined && satisfies(pin.version, dependency.version) ? pin : dependency;
    }),
  };
}

/** Whether a pinned version is still what is asked for: any, this very one, or one that ^ or ~ allows. */
function satisfies(pinned: string, wanted: string): boolean {
  if (wanted === 'latest' || wanted === '*' || wanted === pinned) return true;
  const [, sign, ...least] = /^([\^~])(\d+)(?:\.(\d+))?(?:\.(\d+))?$/.exec(wanted) ?? [];
  const [from, version] = [least.map((part) => Number(part ?? 0)), pinned.split('.').map(Number)];
  if (sign === undefined || from[0] !== version[0]) return false;
  if ((sign === '~' || from[0] === 0) && from[1] !== version[1]) return false;
  const at = from.findIndex((part, index) => part !== version[index]);
  return at < 0 || (version[at] ?? 0) > (from[at] ?? 0);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

function unique<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...new Map(items.toReversed().map((item) => [item.name, item])).values()].toReversed();
}
