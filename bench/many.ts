import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openStorage } from '../src/storage/index.ts';
import { processesOf, processorSeconds, startService } from '../test/support/service-process.ts';
import type { ServiceProcess } from '../test/support/service-process.ts';
import { showRows } from './row.ts';

/** A service with many servers: its start, and what it costs while nobody asks for anything. */
const registered = 200;
const running = 50;
const idleSeconds = Number(process.env['BENCH_IDLE_SECONDS'] ?? 60);
const form = {
  server_name: 'greeter',
  description: 'Greets.',
  custom_tools: [
    {
      name: 'greet',
      description: 'Returns a greeting for a name. It sends nothing anywhere.',
      parameters: { name: { type: 'string', description: 'Who is greeted.', maxLength: 200 } },
      implementation: 'return { greeting: `Hello, ${name}!` };',
      examples: [{ arguments: { name: 'Ada' } }],
    },
  ],
};
const stateFolder = mkdtempSync(join(tmpdir(), 'bench-many-'));
let service: ServiceProcess | undefined;

try {
  const empty = await firstAnswer();
  const baseline = await idle();
  await service?.call('create_mcp_server', { ...form, wait: true, start: false });
  await service?.stop();
  await register();
  const many = await firstAnswer();
  const started = performance.now();
  while ((await statuses()).running < running) await sleep(500);
  const resumed = performance.now() - started;
  await sleep(5000);
  const busy = await idle();
  showRows([
    {
      what: `service start with ${registered} servers, ${running} to run, to the list of servers`,
      value: many,
      unit: 's',
      most: 3,
      how: `one start after an orderly end; with none ${empty.toFixed(2)} s (its first start, which makes the database)`,
    },
    {
      what: `until all ${running} run`,
      value: resumed / 1000,
      unit: 's',
      how: 'after the first answer',
    },
    {
      what: `idle service with ${running} running servers`,
      value: busy.service,
      unit: '% of a core',
      most: 1,
      how: `processor time over ${idleSeconds} s; without servers ${baseline.service.toFixed(2)} %`,
    },
    {
      what: 'its database beside it',
      value: busy.database,
      unit: '% of a core',
      how: `without servers ${baseline.database.toFixed(2)} %`,
    },
    { what: `the ${running} servers themselves`, value: busy.servers, unit: '% of a core', how: 'with their sandboxes' },
  ]);
} finally {
  await service?.stop();
  rmSync(stateFolder, { recursive: true, force: true });
}

async function firstAnswer(): Promise<number> {
  const start = performance.now();
  service = await startService(stateFolder);
  await service.call('list_servers', {});
  return (performance.now() - start) / 1000;
}

async function statuses(): Promise<{ running: number }> {
  if (service === undefined) return { running: 0 };
  const { servers } = await service.call<{ servers: { status: string }[] }>('list_servers', {});
  return { running: servers.filter(({ status }) => status === 'running').length };
}

/** The others are the first one's record under other names: what a start reads and starts is the same. */
async function register(): Promise<void> {
  const storage = await openStorage({ stateFolder });
  const record = await storage.servers.get('greeter');
  if (record === undefined) throw new Error('the server was not made');
  for (let index = 0; index < registered; index++) {
    const name = `greeter-${index}`;
    const desired = index < running ? 'running' : 'stopped';
    await storage.servers.put({ ...record, name, desired, blueprint: { ...record.blueprint, name } });
  }
  await storage.servers.delete('greeter');
  await storage.close();
}

async function idle(): Promise<{ service: number; database: number; servers: number }> {
  const pid = service?.pid ?? 0;
  // Process 0 is none: what is left is the database, which the service may have started itself.
  const database = new Set(processesOf(0, stateFolder));
  const all = processesOf(pid, stateFolder);
  const spent = (): Map<number, number> => new Map(all.map((id) => [id, secondsOf(id)]));
  const before = spent();
  await sleep(idleSeconds * 1000);
  const after = spent();
  const share = (ids: readonly number[]): number =>
    (ids.reduce((sum, id) => sum + (after.get(id) ?? 0) - (before.get(id) ?? 0), 0) / idleSeconds) * 100;
  return {
    service: share([pid]),
    database: share([...database]),
    servers: share(all.filter((id) => !database.has(id) && id !== pid)),
  };
}

function secondsOf(pid: number): number {
  try {
    return processorSeconds(pid);
  } catch {
    return 0;
  }
}
