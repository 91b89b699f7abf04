import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startEgressProxy } from '../../src/runner/index.ts';
import { endOrphans, openSandbox, probeSandbox, type Sandbox } from '../../src/sandbox/index.ts';
import { listenTo, lookupIn } from '../support/egress.ts';
import { withDocker } from '../support/docker.ts';

const { docker, folder, containers } = withDocker();
let home: string;
let sandbox: Sandbox;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'containers-'));
  await chmod(home, 0o755);
  sandbox = await openSandbox({ stateFolder: join(home, 'state') });
  expect(sandbox.kind).toBe('docker');
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** All that is promised of a sandbox in bubblewrap. */
await import('../../src/sandbox/sandbox.test.ts');

const stays = "setInterval(() => {}, 1000); console.log('up')";
const started = (stream: NodeJS.ReadableStream) => new Promise((resolve) => stream.once('data', resolve));

it('[DOCKER-5] values that a program was given are neither in files of Docker nor in what it tells', async () => {
  const value = `canary-of-${process.pid}'s "words"\nin two lines`;
  const child = await sandbox.spawn({
    command: ['/node/bin/node', '-e', `console.log(process.env.GIVEN); ${stays}`],
    env: { GIVEN: value },
  });
  expect(String(await started(child.stdout))).toContain(value);
  const [{ Id: id }] = (await docker.ask('GET', '/containers/json')) as [{ Id: string }];
  const files = (await readdir(join(folder, 'data', 'containers', id), { recursive: true, withFileTypes: true }))
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), 'utf8'));
  const told = JSON.stringify(await docker.ask('GET', `/containers/${id}/json`));
  await child.stop(0);
  expect(files.length).toBeGreaterThan(1);
  expect([told, ...(await Promise.all(files))].filter((text) => text.includes(`canary-of-${process.pid}`))).toEqual([]);
});

it.runIf(process.arch === 'x64')('[DOCKER-6] the system call filter is in force', async () => {
  const tries = {
    ptrace: '101, 0, 0, 0, 0',
    unshare: '272, 0x10000000',
    clone: '56, 0x10000011, 0, 0, 0, 0',
    bpf: '321, 0, 0, 0',
    alg: '41, 38, 5, 0',
    packet: '41, 0x100000011, 3, 0',
    audit: '41, 16, 3, 9',
    type: '16, 0, 0x5412, 0',
    // The kernel looks at the lower half only.
    type_too: '16, 0, 0x7700005412, 0',
    clone3: '435, 0, 0',
  };
  const code = Object.entries(tries).map(([name, args]) => `$! = 0; syscall(${args}); print "${name} ", $!+0, "\\n";`);
  const { stdout, stderr } = await sandbox.run({ command: ['/usr/bin/perl', '-e', code.join(' ')] });
  const answers = Object.keys(tries).map((name) => `${name} ${name === 'clone3' ? 38 : 1}`);
  expect(stdout.trim().split('\n'), stderr).toEqual(answers);
  const x32 = await sandbox.run({ command: ['/usr/bin/perl', '-e', `syscall(${0x40000000 + 39})`] });
  expect(x32.signal).toBe('SIGSYS');
});

it('[DOCKER-7] a granted host is reached, another one is not', async () => {
  const web = await listenTo((socket) => {
    // Once it has been asked: an end with a request still unread resets the connection.
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello'));
  });
  const proxy = await startEgressProxy({
    grants: { hosts: [{ host: 'web.test', port: web.port, private: true }], folders: [] },
    runFolder: home,
    lookup: lookupIn({ 'web.test': ['127.0.0.1'], 'other.test': ['127.0.0.1'] }),
  });
  const get = (host: string) =>
    `await fetch('http://${host}:${web.port}').then(async (r) => console.log(r.status, await r.text()), (e) => console.log(e.cause.code));`;
  const { stdout, stderr } = await sandbox.run({
    command: ['/node/bin/node', '--input-type=module', '-e', get('web.test') + get('other.test')],
    egressSocket: proxy.socketPath,
  });
  await proxy.close();
  web.close();
  expect(stdout, stderr).toMatch(/^200 hello\n(?!200)/);
});

it('[DOCKER-3] what guard and owner left, killed together, is removed by the next owner of the folder alone', async () => {
  const state = join(home, 'state');
  const inner = `
    import { openSandbox } from ${JSON.stringify(join(import.meta.dirname, '../../src/sandbox/index.ts'))};
    const sandbox = await openSandbox({ stateFolder: ${JSON.stringify(state)} });
    await sandbox.spawn({ command: ['/node/bin/node', '-e', ${JSON.stringify(stays)}] });
    console.log('up');`;
  const owner = spawn(process.execPath, ['--input-type=module', '-e', inner], { stdio: ['ignore', 'pipe', 'inherit'] });
  await started(owner.stdout);
  const children = await readFile(`/proc/${owner.pid}/task/${owner.pid}/children`, 'utf8');
  for (const pid of children.trim().split(' ')) process.kill(Number(pid), 'SIGKILL');
  owner.kill('SIGKILL');
  await new Promise((resolve) => owner.once('exit', resolve));
  expect(await endOrphans(join(home, 'other'))).toBe(0);
  expect(await containers()).toBe(1);
  expect(await endOrphans(state)).toBe(1);
  expect(await containers()).toBe(0);
});

/** Asks which sandbox there is, in a world where bubblewrap cannot be started. */
function probeWithout(environment: Record<string, string>): Record<string, unknown> {
  const code = `
    import { probeSandbox } from ${JSON.stringify(join(import.meta.dirname, '../../src/sandbox/index.ts'))};
    console.log(JSON.stringify(await probeSandbox()));`;
  const world = ['--dev-bind', '/', '/', '--bind', '/dev/null', '/usr/bin/bwrap', '--die-with-parent', '--'];
  const { stdout, stderr } = spawnSync('bwrap', [...world, process.execPath, '--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, unknown>;
}

describe('which sandbox it is', () => {
  it('[DOCKER-4] Docker stands in where bubblewrap cannot be started, unless bubblewrap was asked for', () => {
    expect(probeWithout({ MCP_CRAFTER_SANDBOX: '' })).toMatchObject({
      available: true,
      kind: 'docker',
      reason: expect.stringContaining('bubblewrap'),
    });
    expect(probeWithout({ MCP_CRAFTER_SANDBOX: 'bubblewrap' })).toMatchObject({ available: false });
  });

  it('[DOCKER-4] without both nothing runs, and both are named', () => {
    const none = probeWithout({ MCP_CRAFTER_SANDBOX: '', DOCKER_HOST: 'unix:///nonexistent' });
    expect(none).toMatchObject({ available: false });
    expect(none['reason']).toMatch(/bubblewrap.*No Docker daemon answers at \/nonexistent/);
  });

  it('[DOCKER-4] bubblewrap is used where it works; a daemon of another machine and other names are refused', async () => {
    const before = { ...process.env };
    const probe = (environment: Record<string, string>) => {
      process.env = { ...before, ...environment };
      return probeSandbox().finally(() => (process.env = before));
    };
    expect(await probe({ MCP_CRAFTER_SANDBOX: '' })).toMatchObject({ available: true, kind: 'bubblewrap' });
    expect(await probe({ DOCKER_HOST: 'tcp://127.0.0.1:2375' })).toMatchObject({
      available: false,
      reason: expect.stringContaining('no socket of this machine'),
    });
    expect(await probe({ MCP_CRAFTER_SANDBOX: 'none' })).toMatchObject({
      available: false,
      remedy: expect.stringContaining('bubblewrap or docker'),
    });
  });
});

const user = ['--reuid=12345', '--regid=12345', '--clear-groups', process.execPath];
/** A checkout below a closed folder (such as /root) cannot be tried by another user. */
const canTry =
  process.getuid?.() === 0 &&
  spawnSync('setpriv', [...user, '--check', join(import.meta.dirname, '../../src/sandbox/bridge.cjs')]).status === 0;

it.runIf(canTry)('[DOCKER-8] an ordinary user gets the same sandbox', async () => {
  const state = join(home, 'ordinary');
  await mkdir(state);
  await chmod(state, 0o777);
  await Promise.all([chmod(folder, 0o711), chmod(docker.socketPath, 0o666)]);
  const inside = `const fs = require('fs'); fs.writeFileSync('/desk/made', 'x');
    console.log(process.getuid(), require('os').userInfo().username, fs.existsSync('/etc/shadow'), /CapBnd:\\s0+\\n/.test(fs.readFileSync('/proc/self/status', 'utf8')))`;
  const code = `
    import { mkdirSync } from 'node:fs';
    import { openSandbox } from ${JSON.stringify(join(import.meta.dirname, '../../src/sandbox/index.ts'))};
    mkdirSync(${JSON.stringify(join(state, 'desk'))}, { mode: 0o700 });
    const sandbox = await openSandbox({ stateFolder: ${JSON.stringify(state)} });
    const mounts = [{ source: ${JSON.stringify(join(state, 'desk'))}, target: '/desk', access: 'write' }];
    console.log(JSON.stringify(await sandbox.run({ command: ['/node/bin/node', '-e', ${JSON.stringify(inside)}], mounts })));`;
  const { stdout, stderr } = spawnSync('setpriv', [...user, '--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, PATH: '/usr/bin' },
  });
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ code: 0, stdout: '12345 sandbox false true\n', stderr: '' });
});
