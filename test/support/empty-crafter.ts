import { createAnalyzer } from '../../src/analyze/index.ts';
import { CrafterError } from '../../src/errors.ts';
import type { Crafter } from '../../src/index.ts';
import { createTypescript } from '../../src/languages/index.ts';
import { recipes } from '../../src/library/index.ts';
import { openBuilds } from '../../src/pipeline.ts';
import type { Workshop } from '../../src/pipeline.ts';
import { createPlanner } from '../../src/plan/index.ts';

const refused = (): Promise<never> =>
  Promise.reject(new CrafterError('NOT_SUPPORTED', 'Nothing is built, run or kept here.', { hint: 'Leave it.' }));

/** Has these members; whatever else is asked of it is refused. */
function only<T>(members: Readonly<Record<string, unknown>> = {}): T {
  const get = (own: typeof members, name: string | symbol): unknown =>
    Object.hasOwn(own, name) || name === 'then' ? own[name as string] : refused;
  return new Proxy(members, { get }) as T;
}

const gives = (value: unknown) => (): Promise<unknown> => Promise.resolve(value);
const noServers = { get: gives(undefined), list: gives([]), active: gives(undefined) };

function workshop(): Workshop {
  const analyze = createAnalyzer(recipes);
  const plan = createPlanner(recipes);
  const typescript = createTypescript({ sandbox: only(), stateFolder: '/nowhere' });
  return only({
    sandbox: only(),
    target: only(),
    language: gives(typescript),
    async think(request: Parameters<typeof analyze>[0]) {
      const analysis = analyze(request);
      return { analysis, plan: plan(request, analysis) };
    },
  });
}

/**
 * The inside of a service on which every operation can be tried with any input: it has no servers, reads and plans as the
 * real one does, and builds, runs, writes and reaches nothing.
 */
export function emptyCrafter(): Crafter {
  const own = workshop();
  const kept = only(noServers);
  const parts = {
    storage: only<Crafter['storage']>({
      servers: kept,
      builds: kept,
      releases: kept,
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
    fleet: only({ state: () => ({ status: 'stopped', restarts: 0 }), logs: only() }),
    folders: () => ({ project: '/nowhere', workspace: '/nowhere', log: '/nowhere' }),
  });
}
