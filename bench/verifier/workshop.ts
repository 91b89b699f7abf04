import { build } from 'esbuild';
import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generate } from '../../src/generate/index.ts';
import { createTypescript } from '../../src/languages/index.ts';
import { openSandbox } from '../../src/sandbox/index.ts';
import type { Blueprint, Report } from '../../src/spec/index.ts';
import { createVerifier } from '../../src/verify/index.ts';
import type { Fault, Files } from './fault.ts';
import type { Good } from './good.ts';

/** Makes servers, good or with a fault put in, and verifies them. */
export interface Workshop extends AsyncDisposable {
  /** @throws Error where the fault cannot be put in. */
  verify(good: Good, fault?: Fault): Promise<Report>;
}

export async function openWorkshop(): Promise<Workshop> {
  const place = await mkdtemp(join(tmpdir(), 'mutants-'));
  await chmod(place, 0o755);
  const stateFolder = join(place, 'state');
  await mkdir(stateFolder);
  const sandbox = await openSandbox({ stateFolder });
  const language = createTypescript({ sandbox, stateFolder });
  const verifier = createVerifier({ sandbox, stateFolder, version: '0.0.0', language: async () => language });
  let number = 0;

  const project = async (blueprint: Blueprint, good: Good, fault: Fault | undefined): Promise<Report> => {
    const made = generate(blueprint, { language });
    const files: Files = new Map([...made].map(([path, { text }]) => [path, text]));
    fault?.put(files, good);
    const folder = join(place, `m${++number}`);
    await lay(join(folder, 'project'), files);
    const work = { signal: AbortSignal.timeout(300_000), progress: () => undefined };
    const dependencies = await language.install(blueprint, work);
    const [projectDir, bundleDir] = [join(folder, 'project'), join(folder, 'bundle')];
    try {
      return await verifier.verify({ kind: 'project', blueprint, projectDir, dependencies, language, bundleDir }, work);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  const byHand = async (entry: string, good: Good, fault: Fault | undefined): Promise<Report> => {
    const folder = join(place, `m${++number}`);
    const sources = join(import.meta.dirname, 'hand');
    const names = await readdir(sources);
    const files: Files = new Map(
      await Promise.all(names.map(async (name) => [name, await readFile(join(sources, name), 'utf8')] as const)),
    );
    fault?.put(files, good);
    await lay(join(folder, 'src'), files);
    try {
      await build({
        entryPoints: [join(folder, 'src', entry)],
        outfile: join(folder, 'server.mjs'),
        bundle: true,
        format: 'esm',
        platform: 'node',
        nodePaths: [join(import.meta.dirname, '../../node_modules')],
        banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
        logLevel: 'error',
      });
      await writeFile(
        join(folder, 'package.json'),
        JSON.stringify({ name: good.name, version: '1.0.0', type: 'module', main: 'server.mjs' }),
      );
      const work = { signal: AbortSignal.timeout(300_000), progress: () => undefined };
      return await verifier.verify({ kind: 'folder', path: folder }, work);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };

  return {
    verify: (good, fault) =>
      good.kind === 'hand' ? byHand(good.entry, good, fault) : project(good.blueprint, good, fault),
    [Symbol.asyncDispose]: () => rm(place, { recursive: true, force: true }),
  };
}

async function lay(folder: string, files: Files): Promise<void> {
  for (const [path, text] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
