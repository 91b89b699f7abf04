import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll } from 'vitest';
import { dockerAt, type Docker } from '../../src/sandbox/docker-api.ts';

/** It changes nothing of the host's network, and keeps all it has in one folder. */
const words = (folder: string): string[] => [
  `--host=unix://${folder}/docker.sock`,
  `--data-root=${folder}/data`,
  `--exec-root=${folder}/exec`,
  `--pidfile=${folder}/docker.pid`,
  ...['bridge=none', 'iptables=false', 'ip6tables=false', 'ip-forward=false', 'ip-masq=false'].map(
    (word) => `--${word}`,
  ),
  '--userland-proxy=false',
  // The sandbox's image is next to nothing, and this needs no file system of its own.
  '--storage-driver=vfs',
  '--exec-opt=native.cgroupdriver=cgroupfs',
];

interface TestDocker {
  readonly docker: Docker;
  /** All that it keeps; `data` is its own. */
  readonly folder: string;
  containers(): Promise<number>;
  /** How many there are as soon as it is that many, or after half a minute. */
  comeTo(count: number): Promise<number>;
}

/**
 * For tests: a Docker daemon for the test file, which DOCKER_HOST leads to, and the sandbox is to use. Where it cannot
 * run, the tests fail with its words: containment is never taken for granted.
 */
export function withDocker(): TestDocker {
  // A socket's path is short.
  const folder = join(tmpdir(), `docker-${randomBytes(4).toString('hex')}`);
  const docker = dockerAt(join(folder, 'docker.sock'));
  const before = { ...process.env };
  // At once: what a test file sets up below takes it over.
  Object.assign(process.env, { DOCKER_HOST: `unix://${docker.socketPath}`, MCP_CRAFTER_SANDBOX: 'docker' });
  let daemon: ChildProcess | undefined;
  let said = '';
  beforeAll(async () => {
    mkdirSync(folder, { mode: 0o700 });
    daemon = spawn('setpriv', ['--pdeathsig', 'TERM', 'dockerd', ...words(folder)], {
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    daemon.on('error', (error) => (said += error.message));
    daemon.stderr?.on('data', (text) => (said = (said + String(text)).slice(-4000)));
    await untilItAnswers();
  });
  afterAll(async () => {
    process.env = before;
    await end(daemon, docker, folder);
    rmSync(folder, { recursive: true, force: true });
  });
  const containers = async () => ((await docker.ask('GET', '/containers/json?all=1')) as unknown[]).length;
  const untilItAnswers = async (): Promise<void> => {
    for (let turn = 0; turn < 600; turn++) {
      if (daemon?.pid === undefined || daemon.exitCode !== null) break;
      if (
        await docker.ask('GET', '/info').then(
          () => true,
          () => false,
        )
      )
        return;
      await sleep(100);
    }
    throw new Error(`These tests need a Docker daemon (Debian: docker.io) and the rights to run it. ${said}`);
  };
  return {
    docker,
    folder,
    containers,
    async comeTo(count) {
      for (let turn = 0; turn < 300 && (await containers()) !== count; turn++) await sleep(100);
      return containers();
    },
  };
}

async function end(daemon: ChildProcess | undefined, docker: Docker, folder: string): Promise<void> {
  if (daemon?.pid === undefined || daemon.exitCode !== null) return;
  const left = (await docker.ask('GET', '/containers/json?all=1').catch(() => [])) as { readonly Id: string }[];
  for (const { Id } of left) await docker.ask('DELETE', `/containers/${Id}?force=1`).catch(() => undefined);
  daemon.kill('SIGTERM');
  const late = setTimeout(() => process.kill(-(daemon.pid as number), 'SIGKILL'), 20_000);
  await once(daemon, 'exit');
  clearTimeout(late);
  try {
    process.kill(Number(readFileSync(join(folder, 'exec', 'containerd', 'containerd.pid'), 'utf8')), 'SIGKILL');
  } catch {
    // It has ended with the daemon.
  }
}
