import { chmod, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CrafterError } from '../../errors.ts';
import { readInside, removeTree, type RunResult, type Sandbox } from '../../sandbox/index.ts';
import type { Bundle, DependencySet, Work } from '../../spec/index.ts';
import { assetUrl } from '../../util/index.ts';
import { codeKey, dataFiles } from './code-key.ts';
import { digestOf } from './folder-digest.ts';
import type { FoundAgain } from './found-again.ts';
import { bundler, projectMounts } from './toolbox.ts';

/** CommonJS packages ask for built-in modules with `require`, which a module does not have by itself. */
const requireBanner = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

/** Largest api.json: a document has at most 32 MB. */
const mostDataBytes = 64 * 1024 * 1024;

const options = [
  '--bundle',
  '--splitting',
  '--format=esm',
  '--platform=node',
  '--target=node22.18',
  '--outdir=/out',
  '--out-extension:.js=.mjs',
  '--minify-whitespace',
  '--minify-syntax',
  '--legal-comments=none',
  '--log-level=warning',
  '--color=false',
  '--alias:@modelcontextprotocol/server/_shims=/shims/bundle-shims.mjs',
  `--banner:js=${requireBanner}`,
];

/**
 * Bundles a project into `outDir`: main.mjs and its chunks. Parts that a transport or a call loads later are files of
 * their own, so that a start reads no more than it needs.
 * @throws CrafterError BUILD_FAILED with what the bundler said.
 */
export async function bundleProject(
  { sandbox, found }: { readonly sandbox: Sandbox; readonly found: FoundAgain },
  projectDir: string,
  dependencies: DependencySet,
  outDir: string,
  work: Work,
): Promise<Bundle> {
  const tool = bundler();
  const shims = fileURLToPath(assetUrl('languages/typescript/bundle-shims.mjs'));
  const key = await codeKey(projectDir, dependencies.digest, [tool.version, options, await readFile(shims, 'utf8')]);
  const parent = dirname(outDir);
  await mkdir(parent, { recursive: true });
  const beside = await mkdtemp(join(parent, '.bundle-'));
  try {
    const foundAgain = key !== undefined && (await found.bundle(key, beside));
    if (!foundAgain) {
      const result = await sandbox.run({
        command: [...tool.command, '/project/src/main.ts', ...options],
        mounts: [
          ...projectMounts(projectDir, dependencies.path),
          ...tool.mounts,
          { source: dirname(shims), target: '/shims', access: 'read' },
          { source: beside, target: '/out', access: 'write', owned: true },
        ],
        cwd: '/project',
        limits: { seconds: 60 },
        signal: work.signal,
      });
      if (result.code !== 0) throw failed(result);
      if (key !== undefined) await found.keepBundle(key, beside);
    }
    await copyData(projectDir, beside);
    const bundle = await digestOf(beside);
    await chmod(beside, 0o755);
    await removeTree(outDir);
    await rename(beside, outDir);
    return { path: outDir, ...bundle, ...(foundAgain && { foundAgain }) };
  } finally {
    await removeTree(beside);
  }
}

/** What the server reads beside its code as it starts. */
async function copyData(projectDir: string, outDir: string): Promise<void> {
  for (const file of dataFiles) {
    const data = await readInside(projectDir, file, mostDataBytes);
    if (data === undefined) continue;
    if (data.size > mostDataBytes)
      throw new CrafterError('BUILD_FAILED', `${file} has ${data.size} bytes.`, {
        hint: 'Leave out operations: choose them by tag or path.',
      });
    await writeFile(join(outDir, basename(file)), data.bytes);
  }
}

function failed({ stderr, endedBy }: RunResult): CrafterError {
  const message = endedBy === 'time' ? 'Bundling took too long.' : `Bundling failed: ${stderr.trim().slice(0, 1000)}`;
  return new CrafterError('BUILD_FAILED', message, { hint: 'Mend the code or the dependencies that it names.' });
}
