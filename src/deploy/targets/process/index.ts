import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer } from '../../../runner/index.ts';
import { removeTree } from '../../../sandbox/index.ts';
import type { Sandbox } from '../../../sandbox/index.ts';
import { defineTarget } from '../../../spec/index.ts';
import type { Blueprint, Target } from '../../../spec/index.ts';

export interface ProcessTargetParts {
  readonly sandbox: Sandbox;
  /** Folder for the servers' sockets; short, since a socket path holds 107 bytes. */
  readonly runFolder: string;
  /** Command inside the sandbox that starts a server over HTTP. */
  command(blueprint: Blueprint): readonly string[];
}

/** Servers as sandboxed processes of this machine, each answering on a unix socket of its own. */
export function createProcessTarget({ sandbox, runFolder, command }: ProcessTargetParts): Target {
  return defineTarget({
    name: 'process',
    summary: 'A sandboxed process of this machine, reached over loopback.',
    async start({ blueprint, bundle, workspace, environment, signal, onLog }) {
      const folder = await mkdtemp(join(runFolder, 's-'));
      // What cannot be removed now is tried again at the next start of the service.
      const tidy = (): Promise<void> => removeTree(folder).catch(() => undefined);
      try {
        const server = await startServer(sandbox, {
          name: blueprint.name,
          command: command(blueprint),
          mounts: [{ source: bundle, target: '/app', access: 'read' }],
          transport: 'http',
          workspace,
          grants: blueprint.grants,
          environment,
          runFolder: folder,
          onLog,
          ...(signal === undefined ? {} : { signal }),
        });
        void server.exited.then(tidy, tidy);
        return server;
      } catch (error) {
        await tidy();
        throw error;
      }
    },
  });
}
