import type { Tool } from '../../spec/index.ts';

/** Names that code asks `context.secret(…)` for, with the first tool that does. */
export function secretsOfCode(tools: readonly Tool[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { name, implementation } of tools) {
    const code = implementation.kind === 'code' ? implementation.code : '';
    for (const [, variable = ''] of code.matchAll(/\bsecret\(\s*['"`]([A-Z_][A-Z0-9_]{0,127})['"`]\s*\)/g))
      if (!found.has(variable)) found.set(variable, name);
  }
  return found;
}
