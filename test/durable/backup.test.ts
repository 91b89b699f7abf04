import { execFile } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { createGunzip, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreState } from '../../src/local/index.ts';
import { removeTree } from '../../src/sandbox/index.ts';
import { backupNames, openStorage, readTar, writeTar } from '../../src/storage/index.ts';
import type { ArchiveEntry } from '../../src/storage/index.ts';
import { stopLeftover } from '../../src/storage/testing.ts';
import { makeForeignTree } from '../support/foreign-tree.ts';
import { databaseOf } from '../support/house.ts';
import { productCommand } from '../support/product.ts';
import { startService, type ServiceProcess } from '../support/service-process.ts';
import { filesIn, rowsIn } from '../support/whole-state.ts';

const run = promisify(execFile);
const secret = 'backup-canary-5f2d9c';
let home: string;
let service: ServiceProcess | undefined;
const at = (name: string): string => join(home, name);
const crafter = async (state: string, ...words: string[]): Promise<string> =>
  (await run(productCommand, words, { env: { ...process.env, MCP_CRAFTER_HOME: at(state) }, cwd: home })).stdout;

/** All files of servers, and all rows but those of services and of the making of tables. */
async function kept(state: string): Promise<object> {
  const own = state === 'state' ? undefined : await openStorage({ stateFolder: at(state) });
  const { connectionString } = own ?? { connectionString: databaseOf(at(state)) };
  try {
    const tables = Object.entries(await rowsIn(connectionString)).filter(
      ([name]) => name.startsWith('mcp_crafter.') && !/executors|posts|migrations/.test(name),
    );
    const files = ['servers', 'artifacts', 'workspaces'].map((name) => filesIn(join(at(state), name), /(^|\/)link$/));
    return { tables: Object.fromEntries(tables), files };
  } finally {
    await own?.close();
  }
}

const form = {
  server_name: 'words',
  description: 'Words.',
  environment_vars: { WORD_KEY: secret },
  custom_tools: [
    {
      name: 'get_word',
      description: 'Returns a word. It does not store it.',
      parameters: { word: { type: 'string', description: 'Any word.', maxLength: 100 } },
      implementation: "return { word, key: context.secret('WORD_KEY').length };",
      examples: [{ arguments: { word: 'tree' } }],
    },
  ],
};

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'backup-'));
  await chmod(home, 0o755);
  service = await startService(at('state'));
  const made = await service.call('create_mcp_server', { ...form, wait: true, start: true });
  expect(made, JSON.stringify(made)).toMatchObject({ status: 'success' });
  const { custom_tools } = { ...form, custom_tools: [{ ...form.custom_tools[0], name: 'get_other_word' }] };
  expect(await service.call('update_server', { server: 'words', custom_tools, wait: true })).toMatchObject({
    status: 'success',
  });
  await service.call('plan_server', { prompt: 'Read a CSV file and export it as JSON' });
  await writeFile(join(at('state'), 'workspaces', 'words', `${'long-'.repeat(40)}ü.txt`), 'kept');
  await symlink('/etc/hostname', join(at('state'), 'workspaces', 'words', 'link'));
  await crafter('state', 'backup', 'all.backup');
}, 120_000);

afterAll(async () => {
  await service?.stop();
  for (const name of await readdir(home)) stopLeftover(at(name));
  await removeTree(home);
});

describe('a backup', () => {
  it('[DURABLE-WANT-1] makes an empty folder what the state was: servers run and answer, secrets open, builds are known', async () => {
    await crafter('restored', 'restore', 'all.backup');
    expect(await kept('restored')).toEqual(await kept('state'));
    const again = await startService(at('restored'));
    try {
      await expect
        .poll(async () => (await again.call<{ servers: object[] }>('list_servers', {})).servers, { timeout: 30_000 })
        .toMatchObject([{ name: 'words', status: 'running' }]);
      const answer = await again.call('call_tool', { server: 'words', tool: 'get_word', arguments: { word: 'oak' } });
      expect(JSON.stringify(answer)).toContain(`"key":${secret.length}`);
      expect(await again.call('get_build_status', { build: 'words' })).toMatchObject({ status: 'success' });
    } finally {
      await again.stop();
    }
  }, 120_000);

  it('[DURABLE-WANT-2] can be read by its user only, and replaces no file', async () => {
    expect((await stat(at('all.backup'))).mode & 0o777).toBe(0o600);
    const before = await readFile(at('all.backup'));
    await expect(crafter('state', 'backup', 'all.backup')).rejects.toMatchObject({ code: 4 });
    expect((await readFile(at('all.backup'))).equals(before)).toBe(true);
    expect((await readdir(home)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('[DURABLE-WANT-3] is not restored over anything', async () => {
    await mkdir(at('filled'));
    await writeFile(join(at('filled'), 'mine'), 'mine');
    await expect(restoreState(at('filled'), at('all.backup'))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await readdir(at('filled'))).toEqual(['mine']);
  });

  it('[ROBUST-10] leaves out what a server laid too deep, says so, and can be restored', async () => {
    makeForeignTree(join(at('state'), 'workspaces', 'words', 'odd'));
    const said = await service?.call('backup_state', { file: at('odd.backup') });
    const deep = expect.stringMatching(/^workspaces\/words\/odd\/(d{200}\/){14}/);
    expect(said).toMatchObject({
      left_out: expect.arrayContaining([deep]),
      message: expect.stringContaining('Left out'),
    });
    await expect(restoreState(at('odd'), at('odd.backup'))).resolves.toBeDefined();
    expect(await readdir(join(at('odd'), 'workspaces', 'words', 'odd'))).toContain('d'.repeat(200));
  }, 60_000);
});

/** Entries of the real backup with some in the place of others, as a file. */
async function forged(name: string, change: (entry: ArchiveEntry) => ArchiveEntry[]): Promise<string> {
  const parts: Uint8Array[] = [];
  const entries = async function* (): AsyncGenerator<ArchiveEntry> {
    for await (const entry of readTar(createReadStream(at('all.backup')).pipe(createGunzip()))) yield* change(entry);
  };
  for await (const part of writeTar(entries())) parts.push(part);
  await writeFile(at(name), gzipSync(Buffer.concat(parts)));
  return at(name);
}

const file = (path: string, text: string, size = text.length): ArchiveEntry => ({
  path,
  mode: 0o644,
  size,
  content: Readable.from([Buffer.from(text)]),
});
const beside =
  (...more: ArchiveEntry[]) =>
  (entry: ArchiveEntry): ArchiveEntry[] =>
    entry.path === backupNames.key ? [entry, ...more] : [entry];
const instead =
  (path: string, text: string) =>
  (entry: ArchiveEntry): ArchiveEntry[] => {
    if (entry.path !== path) return [entry];
    void entry.content?.[Symbol.asyncIterator]();
    return [drained(entry, file(path, text))];
  };

/** The rows of the real backup, some changed as if by hand. */
const rows =
  (table: string, change: (row: Record<string, any>) => void) =>
  (entry: ArchiveEntry): ArchiveEntry[] => {
    if (entry.path !== backupNames.rows) return [entry];
    const content = async function* (): AsyncGenerator<Uint8Array> {
      const parts: Uint8Array[] = [];
      for await (const part of entry.content ?? []) parts.push(part);
      const lines = Buffer.concat(parts).toString('utf8').trimEnd().split('\n');
      const changed = lines.map((line) => {
        const blank = line.indexOf(' ');
        if (line.slice(0, blank) !== table) return line;
        const row = JSON.parse(line.slice(blank + 1)) as Record<string, any>;
        change(row);
        return `${table} ${JSON.stringify(row)}`;
      });
      // An entry tells its size before its content: a margin that is no row is refused, so it is made up of blanks in one.
      const text = changed.join('\n');
      yield Buffer.from(`${text}${' '.repeat(size - Buffer.byteLength(text) - 1)}\n`);
    };
    const size = entry.size + 10_000;
    return [{ ...entry, size, content: content() }];
  };

/** What stood there is read to its end, as reading an archive asks for, and something else is told. */
function drained(old: ArchiveEntry, fresh: ArchiveEntry): ArchiveEntry {
  const content = async function* (): AsyncGenerator<Uint8Array> {
    for await (const _ of old.content ?? []);
    yield* fresh.content ?? [];
  };
  return { ...fresh, content: content() };
}

const renamed =
  (name: string) =>
  (row: Record<string, any>): void => {
    row['name'] = row['record'].name = row['record'].blueprint.name = row['overview'].name = name;
  };

describe('what is given as a backup', () => {
  const cases: readonly (readonly [string, () => Promise<string>])[] = [
    ['leads out of the folder', () => forged('out', beside(file('workspaces/../../decoy', 'x')))],
    ['is an absolute path', () => forged('absolute', beside(file(at('decoy'), 'x')))],
    ['goes to a place of the service itself', () => forged('run', beside(file('run/service.pid', '1')))],
    ['stands in it twice', () => forged('twice', beside(file('logs/a.log', 'x'), file('logs/a.log', 'y')))],
    ['is a row of an unknown table', () => forged('table', instead(backupNames.rows, 'pg_authid {}\n'))],
    ['is a row without what it needs', () => forged('row', instead(backupNames.rows, 'servers {"name":"a"}\n'))],
    ['is no JSON', () => forged('json', instead(backupNames.about, 'hello'))],
    [
      'is a link',
      async () => {
        const whole = gunzipSync(await readFile(at('all.backup')));
        await writeFile(at('links.tar'), whole);
        await run('tar', ['rf', at('links.tar'), '--format=ustar', '-C', at('state'), 'workspaces/words/link']);
        await writeFile(at('links'), gzipSync(await readFile(at('links.tar'))));
        return at('links');
      },
    ],
    [
      'breaks off',
      async () => {
        const whole = await readFile(at('all.backup'));
        await writeFile(at('half'), whole.subarray(0, Math.floor(whole.length / 2)));
        return at('half');
      },
    ],
    [
      'is something else',
      async () => {
        await writeFile(at('other'), 'no backup');
        return at('other');
      },
    ],
  ];

  it.each(cases)('[DURABLE-WANT-4] is refused and leaves nothing: it %s', async (_, make) => {
    const given = await make();
    // Were another one not refused, this one would be, for what is there already.
    await rm(at('fresh'), { recursive: true, force: true });
    const before = await readdir(home);
    await expect(restoreState(at('fresh'), given)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await readdir(home)).toEqual(before);
  });

  const unsound: readonly (readonly [
    what: string,
    table: string,
    change: (row: Record<string, any>) => void,
    told: RegExp,
  ])[] = [
    ['the name of a server', 'servers', renamed('../../x'), /row 1 of servers: name/],
    ['another name than its Blueprint', 'servers', ({ record }) => (record.name = 'other'), /row 1 of servers: record/],
    ['the artifact of a server', 'servers', ({ record }) => (record.artifact = '../../x'), /record: artifact/],
    [
      'a path of its project',
      'servers',
      ({ record }) => (record.generated['../../x'] = '0'.repeat(64)),
      /record: generated/,
    ],
    [
      'a host',
      'servers',
      ({ record }) => record.blueprint.grants.hosts.push({ host: 'a\nb' }),
      /grants: hosts: 0: host/,
    ],
    ['a field that no Blueprint has', 'servers', ({ record }) => (record.blueprint.more = 1), /record: blueprint/],
    ['the id of a build', 'builds', (row) => (row['id'] = '../../x'), /row 1 of builds: id/],
    ['the artifact of a release', 'releases', (row) => (row['artifact'] = '../../x'), /row 1 of releases: artifact/],
    [
      'a plan',
      'plans',
      ({ document }) => (document.plan.servers[0].blueprint.name = '../../x'),
      /row 1 of plans: document/,
    ],
    ['the owner of a secret', 'secrets', (row) => (row['server'] = '../../x'), /row 1 of secrets: server/],
  ];

  it.each(unsound)(
    '[DURABLE-WANT-13] is refused for a row with %s that mcp-crafter does not write',
    async (what, table, change, told) => {
      const given = await forged(what.replaceAll(' ', '-'), rows(table, change));
      await rm(at('fresh'), { recursive: true, force: true });
      const before = await readdir(home);
      await expect(restoreState(at('fresh'), given)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringMatching(told),
      });
      expect(await readdir(home)).toEqual(before);
    },
  );

  it('[DURABLE-WANT-13] tells which servers will start and what they are granted, lists them by their records, and starts none', async () => {
    const change = (row: Record<string, any>): void => {
      row['record'].blueprint.grants.folders.push({ path: '/srv/decoy', access: 'write' });
      row['record'].blueprint.grants.hosts.push({ host: 'decoy.test', port: 8443, private: false });
      row['overview'].name = 'other';
      row['overview'].artifact = '../../x';
    };
    const stdout = await crafter('granted', 'restore', await forged('grants', rows('servers', change)));
    expect(stdout).toContain('  words (starts): /srv/decoy (write), decoy.test:8443\n');
    expect(await readdir(at('granted'))).not.toContain('run');
    const storage = await openStorage({ stateFolder: at('granted') });
    try {
      expect(await storage.servers.list()).toMatchObject([
        { name: 'words', artifact: expect.stringMatching(/^[0-9a-f]{64}$/) },
      ]);
    } finally {
      await storage.close();
    }
  });

  it('[DURABLE-WANT-4] is refused before it fills the disk', async () => {
    const huge = { ...file('logs/huge.log', ''), size: 2 ** 49 };
    const parts: Uint8Array[] = [];
    const bytes = writeTar(Readable.from([huge]));
    for (let block = 0; block < 3; block++) parts.push((await bytes.next()).value as Uint8Array);
    await writeFile(at('huge'), gzipSync(Buffer.concat(parts)));
    await expect(restoreState(at('fresh'), at('huge'))).rejects.toMatchObject({ code: 'DISK_FULL' });
    expect(await readdir(home)).not.toContain('fresh');
  });
});
