import { existsSync } from 'node:fs';
import { open, readFile, realpath, stat } from 'node:fs/promises';
import { basename, delimiter, dirname, isAbsolute, join, resolve, sep } from 'node:path';
import { CrafterError } from '../../errors.ts';
import { startServer } from '../../runner/index.ts';
import type { Mount } from '../../sandbox/index.ts';
import type { Target } from '../target.ts';
import type { VerifierConfig, VerifySubject } from '../types.ts';
import { controlMount, unprotected } from './project.ts';
import { readSources } from './sources.ts';

type CommandSubject = Extract<VerifySubject, { kind: 'command' }>;

const node = '/node/bin/node';
const fetchers = new Set(['npx', 'npm', 'pnpm', 'yarn', 'bunx', 'uvx', 'uv', 'pipx', 'docker']);

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

/** The command as the sandbox runs it, and the host's files it needs, the script first. */
async function resolveCommand(words: readonly string[], cwd: string): Promise<{ command: string[]; files: string[] }> {
  const [program, ...rest] = words;
  if (!program)
    throw new CrafterError('INVALID_INPUT', 'No command was given.', {
      hint: 'Write the command after `--`: verify -- node server.js',
    });
  if (fetchers.has(basename(program)))
    throw new CrafterError(
      'NOT_SUPPORTED',
      `${program} fetches programs from the network, which the sandbox does not have.`,
      {
        hint: 'Install the package in a folder first, then give its program: verify -- node_modules/.bin/NAME',
      },
    );
  const found = await findProgram(program, cwd);
  const args = rest.map((word) => (isPathLike(word) && existsSync(resolve(cwd, word)) ? resolve(cwd, word) : word));
  const paths = await Promise.all(
    args.filter((word) => isAbsolute(word) && existsSync(word)).map((word) => realpath(word)),
  );
  const real = await Promise.all(
    args.map(async (word) => (isAbsolute(word) && existsSync(word) ? realpath(word) : word)),
  );
  if (/^node(?:\d+)?$/.test(basename(program))) return { command: [node, ...real], files: paths };
  if (await isNodeScript(found)) return { command: [node, found, ...real], files: [found, ...paths] };
  return { command: [found, ...real], files: found.startsWith('/usr/') ? paths : [found, ...paths] };
}

async function findProgram(program: string, cwd: string): Promise<string> {
  const places = program.includes('/')
    ? [resolve(cwd, program)]
    : (process.env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, program));
  const found = places.find((path) => existsSync(path));
  if (found === undefined)
    throw new CrafterError('NOT_FOUND', `The program ${program} was not found.`, {
      hint: 'Give its path, or install it.',
    });
  return realpath(found);
}

const isPathLike = (word: string): boolean => word.includes('/') || word === '.' || /\.[cm]?[jt]s$/.test(word);

async function isNodeScript(path: string): Promise<boolean> {
  if (/\.[cm]?[jt]s$/.test(path)) return true;
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(100), 0, 100, 0);
    return /^#!.*\bnode\b/.test(buffer.toString('latin1', 0, bytesRead));
  } finally {
    await file.close();
  }
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
