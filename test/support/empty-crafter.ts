import { createAnalyzer } from '../../src/analyze/index.ts';
import { CrafterError } from '../../src/errors.ts';
import type { Crafter } from '../../src/index.ts';
import { createTypescript } from '../../src/languages/index.ts';
import { recipes } from '../../src/library/index.ts';
import { openBuilds } from '../../src/pipeline.ts';
import type { Workshop } from '../../src/pipeline.ts';
import { createPlanner } from '../../src/plan/index.ts';
import { generate } from '../../src/generate/index.ts';
import { readRequest } from '../../src/sources/index.ts';
import type { Blueprint, Request } from '../../src/spec/index.ts';
import type { ServerRecord } from '../../src/storage/index.ts';

const refused = (): Promise<never> =>
  Promise.reject(new CrafterError('NOT_SUPPORTED', 'Nothing is built, run or kept here.', { hint: 'Leave it.' }));

/** Has these members; whatever else is asked of it is refused. */
function only<T>(members: Readonly<Record<string, unknown>> = {}): T {
  const get = (own: typeof members, name: string | symbol): unknown =>
    Object.hasOwn(own, name) || name === 'then' ? own[name as string] : refused;
  return new Proxy(members, { get }) as T;
}

const gives = (value: unknown) => (): Promise<unknown> => Promise.resolve(value);
const analyze = createAnalyzer(recipes);
const plan = createPlanner(recipes);

function workshop(): Workshop {
  const typescript = createTypescript({ sandbox: only(), stateFolder: '/nowhere' });
  return only({
    sandbox: only(),
    target: only(),
    language: gives(typescript),
    generate: (blueprint: Blueprint) => generate(blueprint, { language: typescript }),
    async think(request: Request) {
      const analysis = analyze(request);
      return { analysis, plan: plan(request, analysis) };
    },
  });
}

function recordOf(form: object): ServerRecord {
  const { request } = readRequest(JSON.stringify(form));
  const blueprint = { ...plan(request, analyze(request)).servers[0]!.blueprint, name: 'shop' };
  const now = new Date().toISOString();
  return {
    name: 'shop',
    version: '1.0.0',
    desired: 'stopped',
    blueprint,
    generated: {},
    createdAt: now,
    updatedAt: now,
  };
}

/**
 * The inside of a service on which every operation can be tried with any input: it reads and plans as the real one
 * does, and builds, runs, writes and reaches nothing.
 * @param form of the one server that it has, `shop`.
 */
export function emptyCrafter(form: object): Crafter {
  const own = workshop();
  const shop = recordOf(form);
  const parts = {
    storage: only<Crafter['storage']>({
      servers: only({
        get: (name: string) => Promise.resolve(name === 'shop' ? shop : undefined),
        list: gives([shop]),
      }),
      builds: only({ get: gives(undefined), list: gives([]) }),
      releases: only({ list: gives([]), active: gives(undefined) }),
      plans: only({ get: gives(undefined), put: gives(undefined) }),
    }),
    secrets: only<Crafter['secrets']>({ names: gives([]), get: gives(undefined), mask: (text: string) => text }),
    events: only<Crafter['events']>(),
    workshop: () => Promise.resolve(own),
  };
  return only<Crafter>({
    ...parts,
    stateFolder: '/nowhere',
    unsafe: false,
    builds: only({ ...openBuilds({ ...parts, jobs: only() }), order: refused }),
    fleet: only({ state: () => ({ status: 'stopped', restarts: 0 }), connection: gives(undefined), elsewhere: gives(new Map()), logs: only() }),
    folders: () => ({ project: '/nowhere', workspace: '/nowhere', log: '/nowhere' }),
  });
}
