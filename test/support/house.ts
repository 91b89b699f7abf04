import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { callService, serviceHealth, type ServiceLine } from '../../src/service/index.ts';
import { stopLeftover } from '../../src/storage/testing.ts';
import { productCommand } from './product.ts';
import { processesOf } from './remains.ts';

/** A state folder of its own with the real service on it, which tests kill and start again. */
export interface House {
  readonly stateFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** Starts the service; resolves with the milliseconds to its first answer. */
  start(): Promise<number>;
  /** kill -9 of the service; resolves when it is gone. */
  kill(): Promise<void>;
  /** kill -9 of the PostgreSQL of the state folder. */
  killDatabase(): void;
  readonly databaseUrl: string;
  readonly pid: number | undefined;
  // oxlint-disable-next-line typescript/no-explicit-any -- answers are looked at field by field
  ask(operation: string, input: unknown, onLine?: (line: ServiceLine) => void): Promise<any>;
  /** When each finished step of the builds was recorded, by `build/step`. */
  steps(): Promise<Record<string, string>>;
  /** Stops the service as a user does; what is left then is a leftover. */
  stop(): Promise<void>;
  /** Ends whatever is left and removes the folder. */
  clear(): Promise<void>;
}

export async function openHouse(change: NodeJS.ProcessEnv = {}): Promise<House> {
  const home = await mkdtemp(join(tmpdir(), 'house-'));
  // The database has a user of its own when the tests run as root.
  await chmod(home, 0o755);
  const stateFolder = join(home, 'state');
  await mkdir(join(home, 'here'));
  const environment = { ...process.env, HOME: join(home, 'here'), MCP_CRAFTER_HOME: stateFolder, ...change };
  const databaseUrl = change['DATABASE_URL'] ?? databaseOf(stateFolder);
  let child: ChildProcess | undefined;
  let said = '';
  return {
    stateFolder,
    environment,
    databaseUrl,
    killDatabase: () => void process.kill(postmasterOf(stateFolder), 'SIGKILL'),
    get pid() {
      return child?.pid;
    },
    async start() {
      const began = performance.now();
      const started = spawn(productCommand, ['serve'], {
        env: environment,
        cwd: home,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child = started;
      started.stderr.setEncoding('utf8').on('data', (text: string) => (said = `${said}${text}`.slice(-4000)));
      while ((await serviceHealth(stateFolder))?.pid !== started.pid) {
        if (started.exitCode !== null || performance.now() - began > 240_000) throw new Error(`No service: ${said}`);
        await sleep(20);
      }
      return performance.now() - began;
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    ask: (operation, input, onLine) => callService(stateFolder, operation, input, onLine ? { onLine } : {}),
    steps: () => stepsOf(databaseUrl),
    async stop() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
    async clear() {
      child?.kill('SIGKILL');
      stopLeftover(stateFolder);
      for (let tries = 0; tries < 100 && processesOf(stateFolder).length > 0; tries++) await sleep(50);
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export const databaseOf = (stateFolder: string): string =>
  `postgresql://mcp_crafter@localhost/mcp_crafter?host=${join(stateFolder, 'postgres', 'run')}`;

/** Process id of the PostgreSQL of a state folder. */
export const postmasterOf = (stateFolder: string): number =>
  Number(readFileSync(join(stateFolder, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);

/** From the engine's own table of finished steps. */
async function stepsOf(connectionString: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ step: string; at: string }>(
      `SELECT workflow_uuid || '/' || function_name AS step, completed_at_epoch_ms::text AS at
         FROM mcp_crafter_jobs.operation_outputs ORDER BY workflow_uuid, function_id`,
    );
    return Object.fromEntries(rows.map(({ step, at }) => [step, at]));
  } finally {
    await client.end();
  }
}
