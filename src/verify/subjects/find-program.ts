import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { basename, delimiter, isAbsolute, join, resolve } from 'node:path';
import { CrafterError } from '../../errors.ts';
import { readPlain } from '../../sandbox/index.ts';

const fetchers = new Set(['npx', 'npm', 'pnpm', 'yarn', 'bunx', 'uvx', 'uv', 'pipx', 'docker']);

/** The command as the sandbox runs it, and the host's files it needs, the script first. */
export async function resolveCommand(
  words: readonly string[],
  cwd: string,
): Promise<{ command: string[]; files: string[] }> {
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
  return /^#!.*\bnode\b/.test((await readPlain(path, 100))?.bytes.toString('latin1') ?? '');
}

const node = '/node/bin/node';
