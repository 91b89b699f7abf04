import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CrafterError } from '../../errors.ts';
import { startEgressProxy } from '../../runner/index.ts';
import type { RunResult, Sandbox } from '../../sandbox/index.ts';
import type { Work } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';
import { configuredRegistry, npmProgram } from './npm-program.ts';

/** npm inside the sandbox, with a way to the configured registry and nowhere else. No package's scripts run. */
export interface PackageManager {
  /** package-lock.json after adding packages to a project. @throws CrafterError DEPENDENCY_UNAVAILABLE */
  lock(packageJson: string, packageLock: string, wanted: readonly string[], work: Work): Promise<string>;
  /** Fills `folder`/node_modules as the lock says. @throws CrafterError DEPENDENCY_UNAVAILABLE */
  install(packageJson: string, packageLock: string, folder: string, work: Work): Promise<void>;
}

const flags = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--cache=/tmp/npm',
  '--loglevel=error',
];

export function createPackageManager(sandbox: Sandbox, stateFolder: string): PackageManager {
  const run = async (
    packageJson: string,
    packageLock: string,
    command: readonly string[],
    work: Work,
    folder: string,
  ) => {
    await Promise.all([
      writeFile(join(folder, 'package.json'), packageJson),
      writeFile(join(folder, 'package-lock.json'), packageLock),
    ]);
    const [registry, npm] = await Promise.all([configuredRegistry(), npmProgram()]);
    const runFolder = join(stateFolder, 'run');
    await mkdir(runFolder, { recursive: true });
    const { hostname, port, protocol } = new URL(registry);
    const host = { host: hostname, port: Number(port || (protocol === 'http:' ? 80 : 443)), private: true };
    const egress = await startEgressProxy({ grants: { hosts: [host], folders: [] }, runFolder });
    try {
      const result = await sandbox.run({
        command: ['/node/bin/node', npm.program, ...command, ...flags],
        mounts: [{ source: folder, target: '/project', access: 'write', owned: true }, ...npm.mounts],
        env: {
          npm_config_registry: registry,
          NODE_USE_SYSTEM_CA: '1',
          npm_config_omit_lockfile_registry_resolved: 'true',
        },
        cwd: '/project',
        egressSocket: egress.socketPath,
        limits: { seconds: 180, fileBytes: 512 * 1024 * 1024 },
        signal: work.signal,
      });
      if (result.code !== 0) throw unavailable(result);
    } finally {
      await egress.close();
    }
  };
  return {
    async lock(packageJson, packageLock, wanted, work) {
      const folder = await temporary(stateFolder);
      try {
        await run(
          packageJson,
          packageLock,
          ['install', '--package-lock-only', '--save-exact', ...wanted],
          work,
          folder,
        );
        return await readFile(join(folder, 'package-lock.json'), 'utf8');
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
    async install(packageJson, packageLock, target, work) {
      const folder = await temporary(stateFolder);
      try {
        await run(packageJson, packageLock, ['ci'], work, folder);
        const installed = join(folder, 'node_modules');
        await rename(installed, join(target, 'node_modules')).catch(() =>
          cp(installed, join(target, 'node_modules'), { recursive: true }),
        );
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

async function temporary(stateFolder: string): Promise<string> {
  await mkdir(join(stateFolder, 'tmp'), { recursive: true });
  return mkdtemp(join(stateFolder, 'tmp', 'npm-'));
}

function unavailable({ stderr, endedBy }: RunResult): CrafterError {
  const missing = /'((?:@[\w.-]+\/)?[\w.-]+)@[^']*' could not be found|No matching version found for (\S+?)\.?\s/.exec(
    stderr,
  );
  const name = missing?.[1] ?? missing?.[2];
  if (name !== undefined) {
    return new CrafterError('DEPENDENCY_UNAVAILABLE', `The registry has no package ${name}.`, {
      hint: 'Check the name and the version, or leave it out.',
    });
  }
  const reason = endedBy === 'time' ? 'it took too long' : cut(stderr.replace(/npm error /g, '').trim(), 400);
  return new CrafterError('DEPENDENCY_UNAVAILABLE', `The dependencies could not be fetched: ${reason}`, {
    hint: 'Check the connection to the npm registry and try again.',
  });
}
