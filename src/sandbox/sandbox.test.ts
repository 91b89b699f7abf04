import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { getPriority, homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canLimitProcessors, shareOf } from '../../test/support/processors.ts';
import { openSandbox } from './index.ts';
import type { Mount, Sandbox, SandboxOptions } from './index.ts';
import { treeOf } from './tree.ts';

let home: string;
let state: string;
let sandbox: Sandbox;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'sandbox-'));
  state = join(home, 'state');
  await mkdir(join(state, 'desk'), { recursive: true });
  sandbox = await openSandbox({ stateFolder: state });
});
afterAll(() => rm(home, { recursive: true, force: true }));

const script = (code: string, options: Partial<SandboxOptions> = {}) =>
  sandbox.run({ command: ['/node/bin/node', '-e', code], limits: { seconds: 30 }, ...options });
/** Prints the code of the error that a statement throws, or OK. */
const attempt = (statement: string): string =>
  `try { ${statement}; console.log('OK') } catch (error) { console.log(error.code) }`;
const lines = (text: string): string[] => text.trim().split('\n');
const work = (): Mount => ({ source: join(state, 'desk'), target: '/desk', access: 'write' });

describe('what is not granted', () => {
  it('[SANDBOX-1] does not exist for reading', async () => {
    const decoy = join(home, 'decoy.txt');
    await writeFile(decoy, 'secret');
    const paths = [
      '/etc/shadow',
      '/proc/1/root/etc/shadow',
      decoy,
      homedir(),
      join(import.meta.dirname, 'open.ts'),
      '/sys/kernel',
      '/var/lib',
      '/desk/../../etc/shadow',
    ];
    const { stdout } = await script(
      paths.map((path) => attempt(`require('fs').readFileSync(${JSON.stringify(path)})`)).join(';'),
      { mounts: [work()] },
    );
    expect(lines(stdout)).toEqual(paths.map(() => 'ENOENT'));
  });

  it('[SANDBOX-1] does not exist for whoever may leave either, but for the authorities that TLS trusts', async () => {
    const server = createServer();
    const egressSocket = join(home, 'egress.sock');
    await new Promise<void>((resolve) => void server.listen(egressSocket, resolve));
    const listing = "for (const entry of require('fs').readdirSync('/etc/ssl')) console.log(entry)";
    const { stdout } = await script(listing, { egressSocket }).finally(() => server.close());
    expect(['ca-bundle.pem', 'cert.pem', 'certs', 'openssl.cnf']).toEqual(expect.arrayContaining(lines(stdout)));
  });

  it('[SANDBOX-1] cannot be reached by a link out of a mount', async () => {
    const { stdout } = await script(
      `require('fs').symlinkSync('/etc/shadow', '/desk/link'); ${attempt("require('fs').readFileSync('/desk/link')")}`,
      { mounts: [work()] },
    );
    expect(stdout.trim()).toBe('ENOENT');
    await rm(join(state, 'desk', 'link'));
  });

  it('[SANDBOX-2] cannot be written', async () => {
    const app = join(state, 'app');
    await mkdir(app, { recursive: true });
    const targets = ['/x', '/app/x', '/usr/x', '/etc/x', '/dev/x', '/node/x'];
    const { stdout } = await script(
      targets.map((path) => attempt(`require('fs').writeFileSync('${path}', 'x')`)).join(';'),
      {
        mounts: [{ source: app, target: '/app', access: 'read' }],
      },
    );
    // In a container /dev is another user's.
    const refused = (path: string): string => (sandbox.kind === 'docker' && path === '/dev/x' ? 'EACCES' : 'EROFS');
    expect(lines(stdout)).toEqual(targets.map(refused));
    expect(await readdir(app)).toEqual([]);
  });

  it('[SANDBOX-2] leaves the mounted folder and the temporary one writable', async () => {
    const { stdout } = await script(
      `require('fs').writeFileSync('/desk/made', 'mine'); ${attempt("require('fs').writeFileSync('/tmp/x', 'x')")}`,
      { mounts: [work()] },
    );
    expect(stdout.trim()).toBe('OK');
    expect(await readFile(join(state, 'desk', 'made'), 'utf8')).toBe('mine');
  });

  it("[SANDBOX-3] is no network: not the host's loopback, whatever it is called, not an abstract socket", async () => {
    let seen = 0;
    const abstract = `decoy-of-network-${process.pid}`;
    const servers = [createServer(), createServer()];
    for (const server of servers) server.on('connection', (socket) => (seen++, socket.destroy()));
    const [web, door] = servers as [Server, Server];
    await Promise.all([once(web.listen(0), 'listening'), once(door.listen(`\0${abstract}`), 'listening')]);
    const { port } = web.address() as AddressInfo;
    const tries = [
      ...['127.0.0.1', '::ffff:127.0.0.1', 'localhost'].map((host) => `{ host: '${host}', port: ${port} }`),
      `{ path: '\\0${abstract}' }`,
    ];
    const { stdout } = await script(
      `for (const to of [${tries.join(',')}]) require('net').connect(to).on('error', (error) => console.log(error.code)).on('connect', () => console.log('CONNECTED'))`,
    );
    for (const server of servers) server.close();
    expect(lines(stdout)).toEqual(tries.map(() => 'ECONNREFUSED'));
    expect(seen).toBe(0);
  });
});

describe('the program', () => {
  it('[SANDBOX-4] sees the given environment alone', async () => {
    process.env['HOST_SECRET_FOR_TEST'] = 'host';
    const { stdout } = await script('console.log(JSON.stringify(process.env))', { env: { GIVEN: 'a=b\nc' } });
    delete process.env['HOST_SECRET_FOR_TEST'];
    expect(Object.keys(JSON.parse(stdout)).sort()).toEqual(['GIVEN', 'HOME', 'LANG', 'PATH', 'PWD', 'TMPDIR']);
    expect(JSON.parse(stdout)['GIVEN']).toBe('a=b\nc');
  });

  it('[SANDBOX-4] has its secrets on no command line of the host', async () => {
    const child = await sandbox.spawn({
      command: ['/node/bin/node', '-e', 'setInterval(() => {}, 1000); console.log(1)'],
      env: { TOKEN: 'needle-in-command' },
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const commands = await Promise.all(
      (await treeOf(child.pid)).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')),
    );
    await child.stop(0);
    expect(commands.length).toBeGreaterThan(1);
    expect(commands.join(' ')).not.toContain('needle-in-command');
  });

  it('[SANDBOX-4] inherits no open file of the host', async () => {
    const list =
      'for (const fd of require("fs").readdirSync("/proc/self/fd")) { try { console.log(require("fs").readlinkSync("/proc/self/fd/" + fd)) } catch {} }';
    const inner = `import { openSandbox } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
      const sandbox = await openSandbox({ stateFolder: ${JSON.stringify(state)} });
      process.stdout.write((await sandbox.run({ command: ['/node/bin/node', '-e', ${JSON.stringify(list)}] })).stdout);`;
    const file = await open(join(home, 'leak.txt'), 'w');
    const others = Array.from({ length: 18 }, () => 'ignore' as const);
    const child = spawn(process.execPath, ['--input-type=module', '-e', inner], {
      stdio: ['ignore', 'pipe', 'inherit', ...others, file.fd],
    });
    let text = '';
    for await (const chunk of child.stdout as Readable) text += String(chunk);
    await file.close();
    expect(text).toContain('/dev/null');
    expect(text).not.toContain('leak.txt');
  });

  it('[SANDBOX-8] has the rights of nobody, and files of its own to say so', async () => {
    const { stdout } = await script(
      "const os = require('os'); console.log(process.getuid(), process.getgid(), os.userInfo().username, os.hostname()); console.log(require('fs').readFileSync('/proc/self/status', 'utf8').match(/CapEff.*/)[0])",
    );
    // A container has the same ids inside and outside.
    const who = /^(?:65534 65534|65525 65525) sandbox sandbox$/;
    expect(lines(stdout)).toEqual([expect.stringMatching(who), 'CapEff:\t0000000000000000']);
  });

  it('[SANDBOX-8] is a user of its own on the host of root, so that no other program may read or signal it', async () => {
    await script("require('fs').writeFileSync('/desk/made.txt', '')", { mounts: [work()] });
    const { uid } = await stat(join(state, 'desk', 'made.txt'));
    const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => Number(line.split(':')[2]));
    if (process.getuid?.() === 0) expect(accounts).not.toContain(uid);
    else expect(uid).toBe(process.getuid?.());
  });

  it('[SANDBOX-8] uses files below folders that nobody cannot enter', async () => {
    const closed = join(state, 'closed');
    await mkdir(join(closed, 'app'), { recursive: true });
    await writeFile(join(closed, 'app', 'main.js'), 'console.log("runs")');
    await chmod(closed, 0o700);
    const { stdout } = await sandbox.run({
      command: ['/node/bin/node', 'main.js'],
      mounts: [{ source: join(closed, 'app'), target: '/app', access: 'read' }],
    });
    expect(stdout).toBe('runs\n');
  });

  it('gets its input and keeps its exit code', async () => {
    const run = await script(
      "process.stdin.on('data', (data) => { process.stderr.write(data); process.exitCode = 3 })",
      { input: 'hello' } as never,
    );
    expect(run).toMatchObject({ code: 3, signal: null, stderr: 'hello', truncated: false });
    expect(run.endedBy).toBeUndefined();
  });
});

describe('limits', () => {
  it('[SANDBOX-6] end what takes too long, with everything it started', async () => {
    const run = await script(
      "require('child_process').spawn('/bin/sleep', ['600'], { detached: true, stdio: 'inherit' }); for (;;);",
      { limits: { seconds: 1 } },
    );
    expect(run).toMatchObject({ code: null, endedBy: 'time' });
  });

  it('[SANDBOX-6] end what uses too much processor time', async () => {
    expect(await script('for (;;);', { limits: { cpuSeconds: 1, seconds: 30 } })).toMatchObject({
      code: null,
      endedBy: 'signal',
    });
  });

  it('[SANDBOX-6] hold memory', async () => {
    const run = await script('const kept = []; for (let n = 0; n < 128; n++) kept.push(Buffer.alloc(1 << 24, 1));', {
      limits: { memoryBytes: 512 << 20, seconds: 30 },
    });
    expect(run.code).not.toBe(0);
    expect(run.endedBy).not.toBe('time');
  });

  it('[SANDBOX-6] hold the number of processes', async () => {
    const bomb =
      "let made = 0; const more = () => { const child = require('child_process').spawn('/bin/sleep', ['60']); child.on('error', (error) => { console.log(error.code, made); process.exit() }); child.on('spawn', () => { made += 1; if (made < 200) more(); else { console.log('DONE', made); process.exit() } }) }; more();";
    const run = await script(bomb, { limits: { processes: 40, seconds: 30 } });
    const [code, made] = run.stdout.trim().split(' ');
    expect(code).toBe('EAGAIN');
    expect(Number(made)).toBeLessThan(40);
  });

  it.runIf(canLimitProcessors())('[SANDBOX-6] hold what a tree takes of the processors', async () => {
    // Two processes that work for 3 seconds at most, and may have a twentieth of one processor.
    const busy = `const work = 'const end = Date.now() + 3000; while (Date.now() < end);';
      for (let n = 0; n < 2; n++) require('child_process').spawn(process.execPath, ['-e', work], { stdio: 'ignore' });`;
    const child = await sandbox.spawn({
      command: ['/node/bin/node', '-e', busy],
      limits: { processors: 0.05, seconds: 20 },
    });
    // Their start alone takes more than it may have in this time.
    await sleep(1500);
    const share = shareOf(child.pid);
    await child.stop(0);
    expect(share?.most).toBe(0.05);
    expect(share?.held).toBeGreaterThan(2);
  });

  it('[SANDBOX-6] let a program stand back for others, with all that it starts', async () => {
    const tell = "console.log(require('os').getPriority())";
    const run = await script(
      `${tell}; require('child_process').spawn(process.execPath, ['-e', "${tell}"], { stdio: 'inherit' })`,
      { limits: { niceness: 7 } },
    );
    expect(lines(run.stdout).map(Number)).toEqual([getPriority() + 7, getPriority() + 7]);
  });

  it('[SANDBOX-6] hold file sizes and the temporary folder', async () => {
    const big = (path: string): string => attempt(`require('fs').writeFileSync('${path}', Buffer.alloc(5 << 20))`);
    const files = await script(big('/desk/big'), { mounts: [work()], limits: { fileBytes: 1 << 20 } });
    expect(files.stdout.trim()).toBe('EFBIG');
    const temporary = await script(
      `for (let i = 0; i < 20; i++) ${attempt("require('fs').writeFileSync('/tmp/' + i, Buffer.alloc(5 << 20))")}`,
    );
    expect(temporary.stdout).toContain('ENOSPC');
  });

  it('[SANDBOX-6] cut output without holding the program up', async () => {
    const run = await script("process.stdout.write('x'.repeat(3_000_000), () => console.error('done'))", {
      limits: { outputBytes: 1000 },
    });
    expect(run.stdout).toBe('x'.repeat(1000));
    expect(run).toMatchObject({ code: 0, truncated: true, stderr: 'done\n' });
  });
});

describe('ending', () => {
  const alive = async (pids: readonly number[]): Promise<number[]> => {
    const states = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')));
    return pids.filter((_, index) => !/\) [ZX]/.test(states[index] ?? ''));
  };
  const family =
    "require('child_process').spawn('/bin/sleep', ['600'], { detached: true, stdio: 'ignore' }).unref(); setInterval(() => {}, 1000); console.log('up');";

  it('[SANDBOX-7] gives the program the chance to end by itself', async () => {
    const child = await sandbox.spawn({
      command: [
        '/node/bin/node',
        '-e',
        "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('up')",
      ],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    expect(await child.memory()).toBeGreaterThan(5_000_000);
    expect(await child.stop()).toEqual({ code: 7, signal: null });
  });

  it('[SANDBOX-7] kills a tree that does not', async () => {
    const child = await sandbox.spawn({
      command: ['/node/bin/node', '-e', `process.on('SIGTERM', () => {}); ${family}`],
    });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const pids = await treeOf(child.pid);
    await child.stop(50);
    await expect.poll(() => alive(pids)).toEqual([]);
  });

  it('[SANDBOX-7] follows the signal, before and after the start', async () => {
    await expect(script('', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
    const control = new AbortController();
    const child = await sandbox.spawn({ command: ['/node/bin/node', '-e', family], signal: control.signal });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const pids = await treeOf(child.pid);
    control.abort();
    expect(await child.exited).toMatchObject({ endedBy: 'abort' });
    await expect.poll(() => alive(pids)).toEqual([]);
  });

  it('[SANDBOX-7] follows the death of mcp-crafter', async () => {
    const inner = `import { openSandbox } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
      const sandbox = await openSandbox({ stateFolder: ${JSON.stringify(state)} });
      const child = await sandbox.spawn({ command: ['/node/bin/node', '-e', ${JSON.stringify(family)}] });
      child.stdout.once('data', () => console.log(child.pid));`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', inner], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [pid] = await new Promise<number[]>((resolve) =>
      parent.stdout.once('data', (data) => resolve([Number(data)])),
    );
    const pids = await treeOf(pid as number);
    expect(pids.length).toBeGreaterThan(2);
    parent.kill('SIGKILL');
    await expect.poll(() => alive(pids)).toEqual([]);
  });
});

describe('mounts', () => {
  it.runIf(process.getuid?.() === 0)(
    "[SANDBOX-10] of a user's folder that nobody may not use are refused with the command",
    async () => {
      const folder = join(home, "it's private");
      await mkdir(folder, { mode: 0o700 });
      for (const [access, rights] of [
        ['read', 'rX'],
        ['write', 'rwX'],
      ] as const) {
        const refused = sandbox.run({ command: ['/bin/true'], mounts: [{ source: folder, target: '/data', access }] });
        await expect(refused).rejects.toMatchObject({
          code: 'GRANT_REFUSED',
          hint: expect.stringContaining(`chmod -R o+${rights} '${folder.replace("'", String.raw`'\''`)}'`),
        });
      }
      expect(await stat(folder)).toMatchObject({ uid: 0, gid: 0 });
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
    },
  );

  it.each(['/', '/usr', '/proc/sys', '/etc/passwd', '/dev/shm'])('[SANDBOX-10] on %s are refused', async (target) => {
    await expect(
      sandbox.run({ command: ['/bin/true'], mounts: [{ source: state, target, access: 'read' }] }),
    ).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
  });

  it('[SANDBOX-10] that would show the state folder to a server are refused', async () => {
    const above: Mount = { source: home, target: '/data', access: 'read' };
    await chmod(home, 0o755);
    await expect(sandbox.run({ command: ['/bin/true'], mounts: [above] })).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
    });
    await expect(
      sandbox.run({ command: ['/bin/true'], mounts: [{ ...above, source: join(state, 'desk'), owned: false }] }),
    ).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
  });

  it('say so when there is nothing to mount', async () => {
    await expect(
      sandbox.run({ command: ['/bin/true'], mounts: [{ source: '/no/such', target: '/data', access: 'read' }] }),
    ).rejects.toMatchObject({ message: expect.stringContaining('/no/such') });
  });
});
