import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, sep } from 'node:path';
import { startServer } from '../../runner/index.ts';
import type { Mount } from '../../sandbox/index.ts';
import type { Target } from '../target.ts';
import type { VerifierConfig, VerifySubject } from '../types.ts';
import { controlMount, unprotected } from './project.ts';
import { readSources } from './sources.ts';
import { resolveCommand } from './find-program.ts';

type CommandSubject = Extract<VerifySubject, { kind: 'command' }>;

/**
 * A server given by its command line. What the command names is shown to the sandbox read-only at its own path:
 * the program's package with its dependencies, and every argument that is an existing path.
 */
export async function commandTarget(subject: CommandSubject, { sandbox }: VerifierConfig): Promise<Target> {
  const cwd = subject.cwd ?? process.cwd();
  const { command, files } = await resolveCommand(subject.command, cwd);
  const script = files[0];
  const home = script === undefined ? undefined : await packageOf(script);
  const shown = await Promise.all(
    files.map(async (file) => (file === script ? dependencyRoot(home ?? dirname(file)) : file)),
  );
  const mounts = outermost(shown).map((path): Mount => ({ source: path, target: path, access: 'read', owned: false }));
  const manifest = home === undefined ? undefined : await readManifest(home);
  return {
    name: manifest?.name ?? subject.command.join(' ').slice(0, 200),
    ...(manifest?.version !== undefined && { version: manifest.version }),
    generated: false,
    transports: ['stdio'],
    start: ({ workspace, workspaceAccess, runFolder, controlFolder, environment, signal, onLog }) =>
      startServer(sandbox, {
        name: basename(subject.command[0] ?? 'server'),
        command,
        mounts: [...mounts, ...controlMount(controlFolder)],
        transport: 'stdio',
        workspace,
        workspaceAccess,
        grants: { hosts: [], folders: [] },
        environment: { ...subject.environment, ...environment },
        runFolder,
        signal,
        ...(onLog && { onLog }),
      }),
    sources: async () => (home === undefined ? new Map() : readSources(home)),
    dependencies: async () => (home === undefined ? undefined : installedBeside(home)),
    diagnostics: async () => undefined,
    bundle: async () => undefined,
    hiddenPaths: [],
    caveats:
      sandbox.kind === 'none'
        ? [unprotected]
        : ['It ran in a sandbox without network; tools that need one answered with their errors.'],
  };
}

/** The nearest folder above a script that has a package.json. */
async function packageOf(script: string): Promise<string | undefined> {
  for (
    let folder = (await stat(script)).isDirectory() ? script : dirname(script);
    folder !== dirname(folder);
    folder = dirname(folder)
  ) {
    if (existsSync(join(folder, 'package.json'))) return folder;
  }
  return undefined;
}

/** What must be seen for a package to find its dependencies: the folder of the outermost node_modules it lies in, or itself. */
function dependencyRoot(home: string): string {
  const inside = home.indexOf(`${sep}node_modules${sep}`);
  return inside > 0 ? home.slice(0, inside + `${sep}node_modules`.length) : home;
}

function installedBeside(home: string): string | undefined {
  // Dependencies of an installed package may lie inside it or beside it: only a flat folder can be judged.
  const root = dependencyRoot(home);
  return root === home ? [join(home, 'node_modules')].find(existsSync) : undefined;
}

/** Paths that no other of them holds. */
function outermost(paths: readonly string[]): string[] {
  const unique = [...new Set(paths)];
  return unique.filter(
    (path) => !path.startsWith('/usr/') && !unique.some((other) => other !== path && path.startsWith(other + sep)),
  );
}

async function readManifest(home: string): Promise<{ name?: string; version?: string } | undefined> {
  try {
    const { name, version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as Record<string, unknown>;
    return { ...(typeof name === 'string' && { name }), ...(typeof version === 'string' && { version }) };
  } catch {
    return undefined;
  }
}
