import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

export interface SourceFile {
  /** Path below src/, with forward slashes. */
  readonly path: string;
  readonly text: string;
  /** Paths below src/ of the project files it imports, statically or lazily; types included. */
  readonly imports: readonly string[];
}

const importPattern = /(?:from\s+|import\s*\(\s*|import\s+)'((?:\.{1,2}\/|#runtime\/|#shared\/|#util\/)[^']+)'/g;

/** Every TypeScript file below src/. */
export function sourceFiles(): SourceFile[] {
  const base = join(root, 'src');
  return readdirSync(base, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.includes('/fixtures/'))
    .map((path) => {
      const text = readFileSync(join(base, path), 'utf8');
      return {
        path,
        text,
        imports: [...text.matchAll(importPattern)].map((match) => resolveImport(base, path, match[1] ?? '')),
      };
    });
}

function resolveImport(base: string, path: string, specifier: string): string {
  const target = specifier
    .replace(/^#runtime\//, 'languages/typescript/runtime/')
    .replace(/^#shared\//, 'library/shared/')
    .replace(/^#util\//, 'util/');
  return target === specifier ? relative(base, join(base, dirname(path), specifier)) : target;
}
