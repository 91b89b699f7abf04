import { createAnalyzer } from '../../src/analyze/index.ts';
import { CrafterError } from '../../src/errors.ts';
import type { Crafter } from '../../src/index.ts';
import { createTypescript } from '../../src/languages/index.ts';
import { recipes } from '../../src/library/index.ts';
import { createHolds, openBuilds } from '../../src/pipeline.ts';
import type { Workshop } from '../../src/pipeline.ts';
import { createPlanner } from '../../src/plan/index.ts';
import { generate } from '../../src/generate/index.ts';
import { readRequest } from '../../src/sources/index.ts';
import type { Blueprint, Request } from '../../src/spec/index.ts';
import type { ServerRecord } from '../../src/storage/index.ts';
import { createMask } from '../../src/util/index.ts';

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

/** A server as it is registered, of a form. */
export function recordOf(form: object): ServerRecord {
  const { request } = readRequest(JSON.stringify(form));
  return recordWith({ ...plan(request, analyze(request)).servers[0]!.blueprint, name: 'shop' }, {});
}

/** @param generated digest of each of its files. */
export function recordWith(blueprint: Blueprint, generated: ServerRecord['generated']): ServerRecord {
  const { name, version } = blueprint;
  const now = new Date().toISOString();
  return { name, version, desired: 'stopped', blueprint, generated, createdAt: now, updatedAt: now };
}

export interface Standing {
  /** The one server that it has. */
  readonly server?: ServerRecord;
  /** Secrets of this server, by name. */
  readonly sealed?: Readonly<Record<string, string>>;
  /** Why it is not healthy. */
  readonly problem?: string;
  /** Gets what would be built. */
  readonly order?: Crafter['builds']['order'];
}

/**
 * The inside of a service on which every operation can be tried with any input: it reads and plans as the real one
 * does, and builds, runs, writes and reaches nothing.
 */
export function emptyCrafter({ server, sealed = {}, problem, order = refused }: Standing): Crafter {
  const mask = createMask();
  for (const [name, value] of Object.entries(sealed)) mask.add(name, value);
  const own = workshop();
  const isMine = (name: string): boolean => name === server?.name;
  const parts = {
    storage: only<Crafter['storage']>({
      servers: only({
        get: (name: string) => Promise.resolve(isMine(name) ? server : undefined),
        change: (name: string, to: (record: ServerRecord) => ServerRecord | undefined) =>
          isMine(name) && to(server!) !== undefined ? refused() : Promise.resolve(),
        list: gives(server === undefined ? [] : [server]),
      }),
      builds: only({ get: gives(undefined), list: gives([]) }),
      releases: only({ list: gives([]), active: gives(undefined) }),
      plans: only({ get: gives(undefined), put: gives(undefined) }),
    }),
    secrets: only<Crafter['secrets']>({
      names: (name: string) => Promise.resolve(isMine(name) ? Object.keys(sealed) : []),
      deleteAll: gives(undefined),
      get: (name: string, variable: string) => Promise.resolve(isMine(name) ? sealed[variable] : undefined),
      mask: (text: string) => mask.apply(text),
    }),
    events: only<Crafter['events']>(),
    holds: createHolds(),
    workshop: () => Promise.resolve(own),
  };
  return only<Crafter>({
    ...parts,
    stateFolder: '/nowhere',
    unsafe: false,
    builds: only({ ...openBuilds({ ...parts, jobs: only() }), order }),
    fleet: only({
      state: () => ({ status: 'stopped', restarts: 0, ...(problem === undefined ? {} : { problem }) }),
      connection: gives(undefined),
      elsewhere: gives(new Map()),
      logs: only(),
    }),
    folders: () => ({ project: '/nowhere', workspace: '/nowhere', log: '/nowhere' }),
  });
}
