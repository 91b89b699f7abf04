import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/** Small or start-critical packages that go into the bundles; all others stay in node_modules. */
const bundled = ['commander', 'drizzle-orm', 'fastest-levenshtein', 'hono', '@hono/node-server', 'jsonc-parser', 'zod'];

/** Files below src/ that are read as they are at run time; see `assetUrl`. */
const assets = [
  /^languages\/[^/]+\/(runtime|testing)\//,
  /^util\/(secret-mask|within-time)\.ts$/,
  /^languages\/[^/]+\/[^/]+\.json$/,
  /^library\/(recipes|shared|templates|modules)\//,
  /\.(sql|yml|yaml|mjs|cjs)$/,
  /\.json$/,
];

const root = join(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
};

rmSync(join(root, 'dist'), { recursive: true, force: true });
await bundle();
copyAssets();
writeTypes();
copyFileSync(join(root, 'package-lock.json'), join(root, 'npm-shrinkwrap.json'));

async function bundle(): Promise<void> {
  await build({
    absWorkingDir: root,
    entryPoints: {
      cli: 'src/cli/main.ts',
      api: 'src/api/main.ts',
      mcp: 'src/mcp/main.ts',
      reader: 'src/sources/reader.ts',
      index: 'src/index.ts',
    },
    outdir: 'dist',
    entryNames: '[name]',
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    // jsonc-parser's `main` is a UMD file whose requires cannot be followed.
    mainFields: ['module', 'main'],
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    external: Object.keys(manifest.dependencies).filter((name) => !bundled.includes(name)),
    define: { ASSET_ROOT: '"./assets/"', PACKAGE_VERSION: JSON.stringify(manifest.version) },
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    logLevel: 'warning',
  });
}

function copyAssets(): void {
  for (const entry of readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })) {
    const path = relative(join(root, 'src'), join(entry.parentPath, entry.name));
    if (!entry.isFile() || !assets.some((pattern) => pattern.test(path))) continue;
    if (/\.test\.ts$|(^|\/)fixtures\//.test(path)) continue;
    const target = join(root, 'dist', 'assets', path);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, 'src', path), target);
  }
}

function writeTypes(): void {
  const { status } = spawnSync('tsc', ['-p', 'tsconfig.build.json'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
