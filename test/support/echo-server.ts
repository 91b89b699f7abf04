import { join } from 'node:path';
import { build } from 'esbuild';
import type { ServerLaunch } from '../../src/runner/index.ts';

/** Bundles the small real server of the tests into `<home>/app`. */
export async function buildEchoServer(home: string): Promise<void> {
  await build({
    entryPoints: [join(import.meta.dirname, '../fixtures/echo-server/main.ts')],
    outfile: join(home, 'app', 'main.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'error',
  });
}

/** How to start it, once it is built. */
export function echoLaunch(home: string, change: Partial<ServerLaunch> = {}): ServerLaunch {
  return {
    name: 'echo-server',
    command: ['/node/bin/node', '/app/main.mjs'],
    mounts: [{ source: join(home, 'app'), target: '/app', access: 'read' }],
    transport: 'stdio',
    workspace: join(home, 'workspace'),
    runFolder: join(home, 'run'),
    grants: { hosts: [], folders: [] },
    environment: {},
    ...change,
  };
}
