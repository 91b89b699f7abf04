import { cp, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CrafterError } from '../../errors.ts';
import { startEgressProxy } from '../../runner/index.ts';
import { removeTree } from '../../sandbox/index.ts';
import type { RunResult, Sandbox } from '../../sandbox/index.ts';
import type { Work } from '../../spec/index.ts';
import { assetUrl, cut } from '../../util/index.ts';
import { configuredRegistry, npmProgram } from './npm-program.ts';
import { bounded, usualBounds } from './supply/bounded.ts';
import { tooYoung, type PublishTimes } from './supply/refuse.ts';

/** npm inside the sandbox, with a way to the configured registry and nowhere else. No package's scripts run. */
export interface PackageManager {
  /**
   * package-lock.json after adding packages to a project.
   * @param days Versions that are younger are passed over; 0 takes any.
   * @throws CrafterError DEPENDENCY_UNAVAILABLE; DEPENDENCY_REFUSED where all that suits is younger.
   */
  lock(packageJson: string, packageLock: string, wanted: readonly string[], work: Work, days: number): Promise<string>;
  /**
   * Fills `folder`/node_modules as the lock says.
   * @throws CrafterError DEPENDENCY_UNAVAILABLE; DEPENDENCY_REFUSED for what unpacks to too much.
   */
  install(packageJson: string, packageLock: string, folder: string, work: Work): Promise<void>;
  /** When packages were published. @param wanted `name@version` each. */
  published(wanted: readonly string[], work: Work): Promise<PublishTimes>;
}

const flags = [
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
  '--no-bin-links',
  '--fetch-retry-mintimeout=1000',
  '--fetch-retry-maxtimeout=10000',
  '--no-update-notifier',
  '--cache=/tmp/npm',
  '--loglevel=error',
];

const day = 24 * 60 * 60 * 1000;

export function createPackageManager(sandbox: Sandbox, stateFolder: string, bounds = usualBounds): PackageManager {
  const project = async <T>(files: Readonly<Record<string, string>>, use: (folder: string) => Promise<T>) => {
    const folder = await temporary(stateFolder);
    try {
      for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
      return await use(folder);
    } finally {
      await removeTree(folder);
    }
  };
  const npm = async (folder: string, command: readonly string[], signal: AbortSignal) => {
    const { program, mounts } = await npmProgram();
    const result = await withRegistry(sandbox, stateFolder, {
      command: ['/node/bin/node', program, ...command, ...flags],
      mounts: [{ source: folder, target: '/project', access: 'write', owned: true }, ...mounts],
      cwd: '/project',
      limits: { seconds: 180, fileBytes: 512 * 1024 * 1024 },
      signal,
    });
    if (result.code !== 0) throw unavailable(result);
  };
  return {
    lock: (packageJson, packageLock, wanted, work, days) =>
      project({ 'package.json': packageJson, 'package-lock.json': packageLock }, async (folder) => {
        // A date in the future passes nothing over; with any, npm asks for all that the registry knows, licences too.
        const before = new Date(Date.now() + (days === 0 ? 365 : -days) * day).toISOString();
        const command = ['install', '--package-lock-only', '--save-exact', `--before=${before}`, ...wanted];
        await npm(folder, command, work.signal).catch((error: unknown) => {
          throw youngOf(error, days) ?? error;
        });
        return readFile(join(folder, 'package-lock.json'), 'utf8');
      }),
    install: (packageJson, packageLock, target, work) =>
      project({ 'package.json': packageJson, 'package-lock.json': packageLock }, async (folder) => {
        await bounded(folder, bounds, work.signal, (signal) => npm(folder, ['ci'], signal));
        const installed = join(folder, 'node_modules');
        await rename(installed, join(target, 'node_modules')).catch(() =>
          cp(installed, join(target, 'node_modules'), { recursive: true, verbatimSymlinks: true }),
        );
      }),
    async published(wanted, work) {
      const program = fileURLToPath(assetUrl('languages/typescript/supply/publish-times.mjs'));
      const result = await withRegistry(sandbox, stateFolder, {
        command: ['/node/bin/node', `/tools/supply/${basename(program)}`],
        mounts: [{ source: dirname(program), target: '/tools/supply', access: 'read' }],
        input: JSON.stringify({ registry: await configuredRegistry(), wanted }),
        limits: { seconds: 120 },
        signal: work.signal,
      });
      if (result.code !== 0) throw unavailable(result);
      return JSON.parse(result.stdout) as PublishTimes;
    },
  };
}

/** Runs a program in the sandbox with a way to the configured registry and nowhere else. */
async function withRegistry(
  sandbox: Sandbox,
  stateFolder: string,
  options: Parameters<Sandbox['run']>[0],
): Promise<RunResult> {
  const registry = await configuredRegistry();
  const runFolder = join(stateFolder, 'run');
  await mkdir(runFolder, { recursive: true });
  const { hostname, port, protocol } = new URL(registry);
  const host = { host: hostname, port: Number(port || (protocol === 'http:' ? 80 : 443)), private: true };
  const egress = await startEgressProxy({ grants: { hosts: [host], folders: [] }, runFolder });
  const env = {
    npm_config_registry: registry,
    NODE_USE_SYSTEM_CA: '1',
    npm_config_omit_lockfile_registry_resolved: 'true',
  };
  try {
    return await sandbox.run({ ...options, env, egressSocket: egress.socketPath });
  } finally {
    await egress.close();
  }
}

async function temporary(stateFolder: string): Promise<string> {
  await mkdir(join(stateFolder, 'tmp'), { recursive: true });
  return mkdtemp(join(stateFolder, 'tmp', 'npm-'));
}

/** What npm says when versions were passed over for their age alone. */
function youngOf(error: unknown, days: number): CrafterError | undefined {
  const said = error instanceof CrafterError ? String(error.cause) : '';
  const [, one, every] =
    /No matching version found for (\S+) with a date before|No versions available for (\S+)/.exec(said) ?? [];
  const wanted = days === 0 ? undefined : (one ?? every);
  return wanted === undefined ? undefined : tooYoung(wanted, days);
}

function unavailable({ stderr, endedBy }: RunResult): CrafterError {
  const missing = /'((?:@[\w.-]+\/)?[\w.-]+)@[^']*' could not be found|No matching version found for (\S+?)\.?\s/.exec(
    stderr,
  );
  const name = missing?.[1] ?? missing?.[2];
  if (name !== undefined) {
    return new CrafterError('DEPENDENCY_UNAVAILABLE', `The registry has no package ${name}.`, {
      hint: 'Check the name and the version, or leave it out.',
      cause: stderr,
    });
  }
  const reason = endedBy === 'time' ? 'it took too long' : cut(stderr.replace(/npm error /g, '').trim(), 400);
  return new CrafterError('DEPENDENCY_UNAVAILABLE', `The dependencies could not be fetched: ${reason}`, {
    hint: 'Check the connection to the npm registry and try again.',
    cause: stderr,
  });
}
