/** Set by the bundler: where the asset tree lies relative to the bundled file. */
declare const ASSET_ROOT: string | undefined;

/**
 * URL of a file that mcp-crafter reads at run time as it is (runtime sources, recipe modules, rules, migrations),
 * by its path below `src/`. Bundling copies these files to `dist/assets/`; see scripts/build.ts.
 */
export function assetUrl(path: string): URL {
  const root = new URL(typeof ASSET_ROOT === 'string' ? ASSET_ROOT : '../', import.meta.url);
  return new URL(path, root);
}

/**
 * URL of a program that runs in a thread of its own, by its path below `src/`. Bundled, it lies beside the other bundles
 * by its bare name; scripts/build.ts names it.
 */
export function entryUrl(path: string): URL {
  if (typeof ASSET_ROOT !== 'string') return new URL(`../${path}`, import.meta.url);
  return new URL(path.replace(/^.*\/(.*)\.ts$/, './$1.js'), import.meta.url);
}
