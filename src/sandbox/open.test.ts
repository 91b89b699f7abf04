import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openSandbox } from './index.ts';
import { spawnUnprotected } from './unprotected.ts';

/** Opens a sandbox in a world without bubblewrap: all of /usr/bin is gone. */
function openWithout(unsafe: boolean): Record<string, unknown> {
  const code = `
    import { openSandbox, probeSandbox } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};
    const config = { stateFolder: '/tmp/state', unsafe: ${unsafe} };
    const opened = await openSandbox(config).then((sandbox) => ({ kind: sandbox.kind }), (error) => error.toJSON());
    console.log(JSON.stringify({ opened, probe: await probeSandbox() }));`;
  const world = ['--dev-bind', '/', '/', '--tmpfs', '/usr/bin', '--unshare-pid', '--die-with-parent'];
  const { stdout, stderr } = spawnSync('bwrap', [...world, '--', process.execPath, '--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { ...process.env, DOCKER_HOST: 'unix:///nonexistent' },
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as Record<string, unknown>;
}

it('[SANDBOX-9] without bubblewrap nothing runs, and the way out is named', () => {
  const { opened, probe } = openWithout(false);
  expect(opened).toMatchObject({
    code: 'SANDBOX_UNAVAILABLE',
    message: expect.stringContaining('bubblewrap is not installed'),
    hint: expect.stringContaining('bubblewrap'),
  });
  expect(probe).toMatchObject({ available: false, remedy: expect.stringContaining('bubblewrap') });
});

it("[SANDBOX-9] on the user's word it runs unprotected, and says so", async () => {
  expect(openWithout(true)).toMatchObject({ opened: { kind: 'none' } });
  const child = await spawnUnprotected(
    {
      command: ['/node/bin/node', '/app/seccomp.ts'],
      mounts: [{ source: import.meta.dirname, target: '/app', access: 'read' }],
      env: { MADE: '/app/x' },
    },
    tmpdir(),
  );
  expect(await child.exited).toEqual({ code: 0, signal: null });
});

it('takes no empty command and no impossible variable', async () => {
  const sandbox = await openSandbox({ stateFolder: tmpdir() });
  await expect(sandbox.run({ command: [] })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await expect(sandbox.run({ command: ['/bin/true'], env: { 'a=b': 'c' } })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  await expect(sandbox.run({ command: ['/bin/true'], env: { A: 'b\0c' } })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
});
