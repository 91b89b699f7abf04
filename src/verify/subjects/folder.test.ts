import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { undeclaredImports } from '../../languages/typescript/imports.ts';
import type { Work } from '../../spec/index.ts';
import type { VerifierConfig } from '../types.ts';
import { folderTarget } from './folder.ts';
import { readManifest } from './package-home.ts';

let folder: string;
let pipes: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'folder-'));
  pipes = [];
});
afterEach(async () => {
  // Whoever is held up by one reads its end now.
  for (const pipe of pipes) {
    try {
      closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
    } catch {
      // Nobody is.
    }
  }
  await rm(folder, { recursive: true });
});

async function pipe(name: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  execFileSync('mkfifo', [path]);
  pipes.push(path);
}

/** What comes of it, in a word; it waits for nobody to write into a pipe. */
const soon = (work: Promise<unknown>): Promise<unknown> =>
  Promise.race([
    work.then(
      () => 'done',
      ({ code }: { code: string }) => code,
    ),
    sleep(3000, 'held up', { ref: false }),
  ]);

const work: Work = { signal: new AbortController().signal, progress: () => undefined };
const config = { sandbox: { kind: 'bubblewrap' }, language: () => undefined } as unknown as VerifierConfig;
const target = (): Promise<unknown> => folderTarget({ kind: 'folder', path: folder }, config, folder, work);

describe('a pipe in a foreign folder holds nobody up', () => {
  it.each(['package.json', 'mcp-crafter.json'])('[ROBUST-10] as its %s', async (name) => {
    await pipe(name);
    expect(await soon(target())).toBe('INVALID_INPUT');
  });

  it('[ROBUST-10] as the manifest of a program', async () => {
    await pipe('package.json');
    expect(await soon(readManifest(folder))).toBe('done');
  });

  it('[ROBUST-10] as a file of a project of ours', async () => {
    await writeFile(join(folder, 'package.json'), '{}');
    await pipe('src/tools/odd.ts');
    expect(await soon(undeclaredImports(folder))).toBe('done');
  });
});
