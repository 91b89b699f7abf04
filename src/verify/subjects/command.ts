import { basename, dirname } from 'node:path';
import { startServer } from '../../runner/index.ts';
import type { Mount } from '../../sandbox/index.ts';
import type { Target } from '../target.ts';
import type { VerifierConfig, VerifySubject } from '../types.ts';
import { unprotected } from '../../spec/index.ts';
import { controlMount } from './project.ts';
import { readSources } from './sources.ts';
import { resolveCommand } from './find-program.ts';
import { packageOf, dependencyRoot, installedBeside, outermost, readManifest } from './package-home.ts';

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
    sandbox: sandbox.kind,
    caveats:
      sandbox.kind === 'none'
        ? [unprotected]
        : ['It ran in a sandbox without network; tools that need one answered with their errors.'],
  };
}
