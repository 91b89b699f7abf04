import { spawnSync } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALLOW, EPERM, NUMBER, answer, answerWhenEqual, encode, load } from './bpf.ts';

const asOrdinaryUser = (args: readonly string[]) =>
  spawnSync('setpriv', ['--reuid=12345', '--regid=12345', '--clear-groups', process.execPath, ...args], {
    encoding: 'utf8',
    env: {},
    cwd: '/',
  });

/** A checkout below a closed folder (such as /root) cannot be tried by another user. */
const canTry =
  process.getuid?.() === 0 && asOrdinaryUser(['--check', join(import.meta.dirname, 'bridge.cjs')]).status === 0;

it.runIf(canTry)('[SANDBOX-8] an ordinary user gets the same sandbox', async () => {
  const state = await mkdtemp(join(tmpdir(), 'ordinary-'));
  await chmod(state, 0o777);
  const code = `
    import { mkdirSync } from 'node:fs';
    import { openSandbox } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const state = ${JSON.stringify(state)};
    mkdirSync(state + '/desk', { mode: 0o700 });
    const sandbox = await openSandbox({ stateFolder: state });
    const inside = "const fs = require('fs'); fs.writeFileSync('/desk/made', 'x'); console.log(process.getuid(), fs.existsSync('/etc/shadow'), fs.existsSync(process.env.STATE))";
    const run = await sandbox.run({
      command: ['/node/bin/node', '-e', inside],
      mounts: [{ source: state + '/desk', target: '/desk', access: 'write' }],
      env: { STATE: state },
    });
    const child = await sandbox.spawn({ command: ['/node/bin/node', '-e', "process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000); console.log('up')"] });
    await new Promise((resolve) => child.stdout.once('data', resolve));
    console.log(JSON.stringify({ run, memory: await child.memory(), stopped: await child.stop() }));`;
  const { stdout, stderr } = asOrdinaryUser(['--input-type=module', '-e', code]);
  await rm(state, { recursive: true, force: true });
  expect(stderr).toBe('');
  const result = JSON.parse(stdout);
  expect(result.run).toMatchObject({ code: 0, stdout: '65534 false false\n', stderr: '' });
  expect(result.stopped).toEqual({ code: 7, signal: null });
  expect(result.memory).toBeGreaterThan(5_000_000);
});

it.runIf(process.getuid?.() === 0)(
  '[SANDBOX-8] root of a container with few processes gets the same sandbox',
  async () => {
    const state = await mkdtemp(join(tmpdir(), 'container-'));
    const code = `
    import { openSandbox } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const sandbox = await openSandbox({ stateFolder: ${JSON.stringify(state)} });
    console.log((await sandbox.run({ command: ['/node/bin/node', '-p', 'process.getuid()'] })).stdout);`;
    const started = ['sh', '-c', 'for n in 1 2 3 4 5 6 7 8; do /bin/true; done; "$@"; exit $?', 'sh', process.execPath];
    const { stdout, stderr } = spawnSync(
      'unshare',
      ['--pid', '--fork', '--kill-child', '--mount-proc', ...started, '--input-type=module', '-e', code],
      { encoding: 'utf8' },
    );
    await rm(state, { recursive: true, force: true });
    expect(stderr).toBe('');
    expect(stdout.trim()).toBe('65534');
  },
);

it.runIf(process.getuid?.() === 0)(
  '[SANDBOX-8] root of a container that may set no priority gets it, too',
  async () => {
    const state = await mkdtemp(join(tmpdir(), 'container-'));
    const filter = join(state, 'filter');
    const setpriority = process.arch === 'arm64' ? 140 : 141;
    await writeFile(filter, encode([load(NUMBER), ...answerWhenEqual(setpriority, EPERM), answer(ALLOW)]));
    const code = `
    import { setPriority } from 'node:os';
    import { openSandbox } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    try { setPriority(0); } catch (error) { console.log(error.info.code); }
    const sandbox = await openSandbox({ stateFolder: ${JSON.stringify(state)} });
    const run = await sandbox.run({ command: ['/node/bin/node', '-p', '"runs"'] }).catch(({ message }) => ({ stdout: message }));
    console.log(run.stdout.trim());
    process.exit();`;
    const { stdout } = spawnSync(
      'sh',
      [
        '-c',
        'exec bwrap --dev-bind / / --cap-add ALL --die-with-parent --seccomp 9 "$@" 9< "$0"',
        filter,
        process.execPath,
        '--input-type=module',
        '-e',
        code,
      ],
      { encoding: 'utf8' },
    );
    await rm(state, { recursive: true, force: true });
    expect(stdout).toBe('EPERM\nruns\n');
  },
);
