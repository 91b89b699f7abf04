import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { invalidInput } from '../spec/index.ts';
import type { Build } from '../spec/index.ts';
import { newId } from '../util/index.ts';
import { refuseForeignFolder, refuseUnbuildable, refuseUnusableFolders } from './accept.ts';
import { grantedNote } from './granted-note.ts';
import { outcomeOf } from './outcome.ts';
import type { Outcome } from './outcome.ts';
import { noticeOf } from './progress.ts';
import { lacksOf } from './remarks.ts';
import type { BuildOrder, Waiting } from './types.ts';
import type { Wish } from './wish-types.ts';
import type { Prepared } from './wish-types.ts';
import type { OrderOptions } from './wish-types.ts';
import { grantNow } from './grant-now.ts';

/**
 * Orders a build for each server of a plan. Everything that can be refused is refused before the first one.
 * @throws CrafterError NEEDS_ANSWERS, PENDING_TOOLS, NAME_TAKEN, CONFLICT, INVALID_INPUT.
 */
export async function createServers(
  crafter: Crafter,
  prepared: Prepared,
  wish: Wish,
  options: OrderOptions,
  waiting: Waiting,
): Promise<Outcome> {
  refuseUnbuildable(prepared.plan);
  const servers = prepared.plan.servers.filter(({ blueprint }) => blueprint.tools.length > 0);
  if (servers.length > 1 && (options.out !== undefined || options.port !== undefined))
    throw oneFolderForMany(servers.length);
  const granted = await Promise.all(servers.map(({ blueprint }) => grantNow(blueprint, wish)));
  const told = servers.map(({ blueprint: { grants, provenance } }) =>
    grantedNote(prepared.isPlan === true ? 'plan' : provenance.source, grants, wish),
  );
  for (const { blueprint } of granted) {
    await refuseTaken(crafter, blueprint.name);
    await refuseForeignFolder(options.out, blueprint.name);
    await refuseUnusableFolders(crafter, blueprint.grants);
  }
  const builds: Build[] = [];
  const lacks = new Map<string, string[]>();
  for (const [index, { blueprint, secrets }] of granted.entries()) {
    const { start, port, out } = options;
    const order: BuildOrder = {
      build: newId('build'),
      mode: 'create',
      blueprint,
      start,
      ...(port === undefined ? {} : { port }),
      ...(out === undefined ? {} : { out }),
    };
    lacks.set(blueprint.name, await lacksOf(crafter, blueprint, { ...prepared.secrets, ...secrets }));
    builds.push(
      await crafter.builds.order(order, { ...declaredOf(blueprint.environment, prepared.secrets), ...secrets }),
    );
    for (const message of told[index] ?? []) waiting.progress(noticeOf(order.build, message));
  }
  if (options.wait)
    for (const [index, build] of builds.entries()) builds[index] = await crafter.builds.wait(build.id, waiting);
  // A server that failed does not exist: nothing can be set for it.
  const standing = builds.filter(({ status }) => status !== 'failed');
  return outcomeOf(crafter, builds, [
    ...new Set(told.flat()),
    ...prepared.notes,
    ...standing.flatMap(({ server }) => lacks.get(server) ?? []),
  ]);
}

/** A plan's secrets go only to the servers that declare them. */
function declaredOf(
  environment: readonly { name: string }[],
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).filter(([name]) => environment.some((variable) => variable.name === name)),
  );
}

/** Tells it before anything is queued; storage makes it certain. */
async function refuseTaken(crafter: Crafter, name: string): Promise<void> {
  if ((await crafter.storage.servers.get(name)) === undefined) return;
  throw new CrafterError('NAME_TAKEN', `There is a server named "${name}" already.`, {
    hint: `Choose another name, change it with \`mcp-crafter update ${name}\`, or remove it with \`mcp-crafter delete ${name}\`.`,
    problems: [
      { field: 'server_name', value: name, message: 'is taken', remedy: 'Choose another name, or use update.' },
    ],
  });
}

function oneFolderForMany(count: number): Error {
  return invalidInput('input', [
    {
      field: 'out',
      message: `the plan makes ${count} servers, and one folder or port holds one`,
      remedy: 'Leave out and port away; projects lie in the state folder, see `mcp-crafter show NAME`.',
    },
  ]);
}
