import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// What one program of mcp-crafter has compiled, the next one finds, though each test gives them a home of their own.
process.env['NODE_COMPILE_CACHE'] ??= join(import.meta.dirname, 'node_modules', '.cache', 'mcp-crafter');

/** Takes minutes, mostly of waiting: begun last, it would run on alone. */
const longest = /kills-random\.test\.ts$/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLongest = ({ moduleId }: TestSpecification): boolean => longest.test(moduleId);
    return [...sorted.filter(isLongest), ...sorted.filter((file) => !isLongest(file))];
  }
}

/** Tests of an installed product (see test/support/product.ts) get its library where they import this checkout's. */
function installedLibrary(program = process.env['MCP_CRAFTER_UNDER_TEST']): string | undefined {
  if (program === undefined) return undefined;
  const product = join(dirname(realpathSync(program)), '..');
  return existsSync(join(product, 'src')) ? undefined : join(product, 'dist', 'index.js');
}
const library = installedLibrary();

export default defineConfig({
  plugins:
    library === undefined
      ? []
      : [
          {
            name: 'installed-library',
            enforce: 'pre',
            resolveId: (source: string) =>
              source.endsWith('/src/index.ts') ? { id: library, external: true } : undefined,
          },
        ],
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/fixtures/**'],
    execArgv: ['--import', './src/storage/drizzle-hook.ts', '--disable-warning=DeprecationWarning'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 4,
    sequence: { sequencer: LongestFirst },
  },
});
