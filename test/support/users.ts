import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError, toCrafterError } from '../../src/errors.ts';
import { wordForm } from './cli.ts';
import type { House } from './house.ts';

/**
 * What one server may be, as far as its users were told: an answer leaves one possibility, an order that a kill cut off
 * two. What it adds to a word tells its version; undefined is no server.
 */
interface Known {
  marks: (string | undefined)[];
  runs: boolean[];
  readonly builds: string[];
}

export type Kind = 'create' | 'update' | 'delete' | 'stop' | 'start';

/** People who use a service that is killed. Each server gets one order between rests. */
export interface Users {
  /** An order of the kind, or of a new server where there is none for it; resolves when it was answered or cut off. */
  order(kind: Kind): Promise<void>;
  /** No build is under way and nothing is killed: what was cut off in the midst is asked for again. */
  rest(): Promise<void>;
  /** Accepted builds of servers that stand, and of those that may be gone. */
  builds(of: 'standing' | 'gone'): string[];
  /** How many orders of each kind were answered. */
  readonly answered: Readonly<Record<Kind, number>>;
  /** Whether what a server answered, as JSON, to its own name as the word is right. */
  right(name: string, answer: string): boolean;
  /** What is not as users were told. */
  faults(): Promise<string[]>;
}

/** Of all that were made, so many run: each life of the service starts them anew, and more would cost without telling more. */
const mostRunning = 2;

/** What users are told when service or database are killed meanwhile. */
const cutOff = new Set(['SERVICE_UNAVAILABLE', 'DATABASE_UNAVAILABLE']);

export function openUsers(house: House): Users {
  const servers = new Map<string, Known>();
  const idle = new Set<string>();
  const pending = new Set<Promise<void>>();
  const answered = { create: 0, update: 0, delete: 0, stop: 0, start: 0 };
  const refused: string[] = [];

  /** Until it is answered, what is `wanted` may hold or not; then it does. */
  async function tell(kind: Kind, name: string, wanted: Partial<Pick<Known, 'marks' | 'runs'>>, more: object = {}) {
    const known = servers.get(name) ?? { marks: [undefined], runs: [false], builds: [] };
    servers.set(name, known);
    known.marks = [...known.marks, ...(wanted.marks ?? [])];
    known.runs = [...known.runs, ...(wanted.runs ?? [])];
    try {
      const input = kind === 'create' ? more : { server: name, ...more };
      const { build } = await house.ask(kind === 'create' ? 'create_mcp_server' : `${kind}_server`, input);
      Object.assign(known, wanted);
      if (typeof build === 'string') known.builds.push(build);
      answered[kind]++;
    } catch (error) {
      if (error instanceof CrafterError && !cutOff.has(error.code)) refused.push(`${kind} ${name}: ${error.message}`);
    }
  }

  const running = (): number => [...servers.values()].filter(({ runs }) => runs.includes(true)).length;

  function create(): Promise<void> {
    const name = `words-${servers.size + 1}`;
    const start = servers.size % 2 === 1 && running() < mostRunning;
    return tell('create', name, { marks: [''], runs: [start] }, { form: wordForm(name), start });
  }

  const fits: Readonly<Record<Exclude<Kind, 'create'>, (known: Known) => boolean>> = {
    update: ({ marks }) => marks[0] === '',
    delete: () => true,
    stop: ({ runs }) => runs[0] === true,
    start: ({ runs }) => runs[0] === false && running() < mostRunning,
  };

  function send(kind: Kind): Promise<void> {
    const name = kind === 'create' ? undefined : [...idle].find((each) => fits[kind](servers.get(each) as Known));
    if (kind === 'create' || name === undefined) return create();
    idle.delete(name);
    if (kind === 'delete') return tell(kind, name, { marks: [undefined], runs: [false] });
    if (kind !== 'update') return tell(kind, name, { runs: [kind === 'start'] });
    return tell(kind, name, { marks: ['!'] }, { form: wordForm(name, { implementation: 'return { word: `${word}!` };' }) });
  }

  /** A deletion that was cut off may have done a part of its work; it can be asked for again. */
  async function deleteAgain(name: string, known: Known): Promise<void> {
    await house.ask('delete_server', { server: name }).catch((error: unknown) => {
      if (toCrafterError(error).code !== 'NOT_FOUND') throw error;
    });
    known.marks = [undefined];
  }

  async function compare(): Promise<string[]> {
    const { servers: there } = await house.ask('list_servers', {});
    const status = new Map<string, string>(there.map((each: { name: string; status: string }) => [each.name, each.status]));
    return [...servers].flatMap(([name, { marks, runs }]) => {
      const now = status.get(name);
      if (now === undefined && !marks.includes(undefined)) return [`${name} is lost`];
      if (now !== undefined && marks.every((mark) => mark === undefined)) return [`${name} was deleted and is there`];
      if (now !== undefined && !runs.includes(now === 'running')) return [`${name} is ${now}`];
      if (now !== undefined) return [];
      const left = [`servers/${name}`, `workspaces/${name}`, `logs/${name}.log`];
      return left.filter((path) => existsSync(join(house.stateFolder, path))).map((path) => `${path} was left`);
    });
  }

  return {
    answered,
    order(kind) {
      const sent = send(kind).finally(() => pending.delete(sent));
      pending.add(sent);
      return sent;
    },
    async rest() {
      await Promise.all(pending);
      for (const [name, known] of servers) {
        if (known.builds.length > 0 && known.marks.length > 1 && known.marks.includes(undefined))
          await deleteAgain(name, known);
        if (known.marks.length + known.runs.length === 2 && known.marks[0] !== undefined) idle.add(name);
      }
    },
    builds: (of) =>
      [...servers.values()].flatMap(({ marks, builds }) => (marks.includes(undefined) === (of === 'gone') ? builds : [])),
    right: (name, answer) =>
      servers.get(name)?.marks.some((mark) => mark !== undefined && answer.includes(`"word":"${name}${mark}"`)) === true,
    async faults() {
      // Servers that come up have their time.
      for (let tries = 0; tries < 100 && (await compare()).length > 0; tries++) await sleep(100);
      return [...(await compare()), ...refused.map((each) => `refused: ${each}`)];
    },
  };
}
