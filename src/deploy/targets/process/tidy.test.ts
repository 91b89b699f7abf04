import { once } from 'node:events';
import { mkdtemp, readdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { makeForeignTree } from '../../../../test/support/foreign-tree.ts';
import { removeTree } from '../../../sandbox/index.ts';
import type { Sandbox, SandboxOptions } from '../../../sandbox/index.ts';
import type { Deployable } from '../../../spec/index.ts';
import { createProcessTarget } from './index.ts';

/** Does what a server may do in the folder of its socket, and then ends. */
const sandbox = {
  kind: 'bubblewrap',
  async spawn({ mounts = [] }: SandboxOptions) {
    const own = mounts.find(({ target }) => target === '/run/mcp')?.source ?? '';
    const server = createServer().listen(join(own, 'server.sock'));
    await once(server, 'listening');
    makeForeignTree(join(own, 'odd'));
    const ending = Promise.withResolvers<{ code: number; signal: null }>();
    const stop = async (): Promise<{ code: number; signal: null }> => {
      server.close();
      ending.resolve({ code: 0, signal: null });
      return ending.promise;
    };
    const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough().end()];
    return { pid: 1, stdin, stdout, stderr, exited: ending.promise, stop, memory: async () => 0 };
  },
} as unknown as Sandbox;

it('[ROBUST-10] leaves nothing of a server that has ended, whatever that laid beside its socket', async () => {
  const runFolder = await mkdtemp(join(tmpdir(), 'tidy-'));
  const target = createProcessTarget({ sandbox, runFolder, command: () => ['none'] });
  const given = {
    blueprint: { name: 'odd', grants: { hosts: [], folders: [] } },
    bundle: runFolder,
    workspace: join(runFolder, 'w'),
    environment: { MCP_TOKEN: 'none' },
  } as unknown as Deployable;
  try {
    await (await target.start(given)).stop();
    await expect.poll(() => readdir(runFolder)).toEqual(['w']);
  } finally {
    await removeTree(runFolder);
  }
});
