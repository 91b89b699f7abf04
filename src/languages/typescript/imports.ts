import { readdir } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { plainText } from '../../sandbox/index.ts';
import type { Diagnostic } from '../../spec/index.ts';

const importPattern =
  /(?:\bfrom\s*|\bimport\s*(?:\(\s*)?|\brequire\s*\(\s*)(['"])((?:@[\w.-]+\/)?[\w.-]+)(?:\/[^'"]*)?\1/g;

/** Packages that tools import and package.json does not name: here they may be found by chance, elsewhere not. */
export async function undeclaredImports(projectDir: string): Promise<Diagnostic[]> {
  const { dependencies = {} } = JSON.parse((await plainText(join(projectDir, 'package.json'))) ?? '{}') as {
    dependencies?: object;
  };
  const known = new Set([...Object.keys(dependencies), ...builtinModules]);
  const names = (await readdir(join(projectDir, 'src/tools')).catch(() => [])).filter((name) => name.endsWith('.ts'));
  const found = await Promise.all(
    names.map(async (name) => {
      const lines = ((await plainText(join(projectDir, 'src/tools', name))) ?? '').split('\n');
      return lines.flatMap((line, at) =>
        undeclaredIn(line, known).map((each) => diagnostic(`src/tools/${name}`, at + 1, each)),
      );
    }),
  );
  return found.flat();
}

function undeclaredIn(line: string, known: ReadonlySet<string>): string[] {
  return [...line.matchAll(importPattern)]
    .map((match) => match[2]!)
    .filter((name) => !name.startsWith('.') && !known.has(name));
}

function diagnostic(file: string, line: number, name: string): Diagnostic {
  const message = `${name} is imported and is not among the dependencies; declare it.`;
  return { severity: 'error', file, line, rule: 'undeclared-dependency', message };
}
