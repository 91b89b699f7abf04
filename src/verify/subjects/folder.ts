import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { CrafterError } from '../../errors.ts';
import { plainText } from '../../sandbox/index.ts';
import { blueprint, type Work } from '../../spec/index.ts';
import type { Target } from '../target.ts';
import type { VerifierConfig, VerifySubject } from '../types.ts';
import { commandTarget } from './command.ts';
import { projectTarget } from './project.ts';

const manifest = z.looseObject({
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  main: z.string().optional(),
  scripts: z.record(z.string(), z.string()).optional(),
});

/** A folder that holds a server: one of ours by its mcp-crafter.json, else a Node package by its package.json. */
export async function folderTarget(
  { path, allowed }: Extract<VerifySubject, { kind: 'folder' }>,
  config: VerifierConfig,
  scratch: string,
  work: Work,
): Promise<Target> {
  const folder = resolve(path);
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw new CrafterError('NOT_FOUND', `${path} is no folder.`, {
      hint: 'Give the folder of a server, `-- COMMAND`, or a URL.',
    });
  if (config.language && existsSync(join(folder, 'mcp-crafter.json')))
    return ownTarget(folder, allowed, config, scratch, work);
  return commandTarget({ kind: 'command', command: ['node', await entryOf(folder)], cwd: folder }, config);
}

async function ownTarget(
  folder: string,
  packages: readonly string[] = [],
  config: VerifierConfig,
  scratch: string,
  work: Work,
): Promise<Target> {
  const read = z.looseObject({ blueprint }).safeParse(await readJson(join(folder, 'mcp-crafter.json')));
  if (!read.success)
    throw new CrafterError('INVALID_INPUT', `The mcp-crafter.json in ${folder} does not hold a Blueprint.`, {
      hint: 'Put back the file that mcp-crafter wrote.',
    });
  const { grants } = read.data.blueprint;
  const own = { ...read.data.blueprint, grants: { ...grants, packages: [...packages] } };
  const language = await config.language!(own.language);
  const dependencies = await language.install(own, work);
  const bundleDir = join(scratch, 'bundle');
  return projectTarget(
    { kind: 'project', blueprint: own, projectDir: folder, dependencies, language, bundleDir },
    config,
    work,
  );
}

async function entryOf(folder: string): Promise<string> {
  const read = manifest.safeParse(await readJson(join(folder, 'package.json')));
  const own = read.success ? read.data : {};
  const bin = typeof own.bin === 'string' ? own.bin : Object.values(own.bin ?? {})[0];
  const started = /^node\s+(?:--\S+\s+)*(\S+)/.exec(own.scripts?.['start'] ?? '')?.[1];
  const usual = [
    'dist/index.js',
    'build/index.js',
    'index.js',
    'server.js',
    'src/index.js',
    'src/index.ts',
    'src/main.ts',
  ];
  const entry = [bin, started, own.main, ...usual].find((name) => name !== undefined && existsSync(join(folder, name)));
  if (entry !== undefined) return join(folder, entry);
  throw new CrafterError('INVALID_INPUT', `How to start the server in ${folder} is not clear.`, {
    hint: 'Build it first if it has to be built, or give the command: verify -- COMMAND',
  });
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse((await plainText(path)) ?? '');
  } catch {
    return undefined;
  }
}
