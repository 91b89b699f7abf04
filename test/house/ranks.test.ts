import { describe, expect, it } from 'vitest';
import { sourceFiles } from './sources.ts';

const services = ['storage', 'secrets', 'events', 'sandbox', 'runner', 'client', 'providers', 'jobs', 'agents'];
const kits = ['languages', 'library'];
const stages = ['sources', 'discover', 'analyze', 'plan', 'generate', 'verify', 'deploy', 'operate'];
const top = ['pipeline', 'crafter', 'operations', 'service', 'local'];
const faces = ['cli', 'api', 'mcp'];
const base = ['errors', 'util', 'spec'];

const files = sourceFiles();
const code = files.filter(
  (file) => !file.path.endsWith('.test.ts') && !/(^|\/)(testing|conformance)\.ts$/.test(file.path),
);
const folderOf = (path: string): string => path.split('/')[0]?.replace(/\.ts$/, '') ?? '';

/** Why `from` may not import `to`, or undefined when it may. */
function objection(from: string, to: string): string | undefined {
  if (from === to || from === 'index') return undefined;
  if (base.includes(to)) return undefined;
  if (base.includes(from)) return 'rank 1 imports nothing above it';
  if (services.includes(from))
    return services.indexOf(to) >= 0 && services.indexOf(to) < services.indexOf(from)
      ? undefined
      : 'a service imports only services before it';
  if (kits.includes(from))
    return services.includes(to) || (kits.includes(to) && kits.indexOf(to) < kits.indexOf(from))
      ? undefined
      : 'a kit imports services and kits before it';
  if (stages.includes(from))
    return services.includes(to) || kits.includes(to) ? undefined : 'a stage imports no stage and nothing above';
  if (top.includes(from)) return faces.includes(to) ? 'rank 5 does not know the faces' : undefined;
  if (faces.includes(from)) return top.includes(to) ? undefined : 'a face sees ranks 5 and 1 only';
  return `${from} has no rank`;
}

/** Tables of words and schemas without code: they are as long as what they list. */
const dataTable =
  /^library\/recipes\/[^/]+\/tools\.ts$|\/(cues|famous|function-words|synonyms|systems|topics|type-weights|weights)\.ts$|secret-names\.ts$/;

/** Read as they are by generated servers, one file at a time. */
const partOfServers = /^languages\/typescript\/runtime\/|^util\/(?:secret-mask|within-time)\.ts$/;

describe('the house', () => {
  it('[HOUSE-1] lets a file import from its own folder and lower ranks only', () => {
    const wrong = code.flatMap((file) =>
      file.imports.flatMap((target) => {
        const why = objection(folderOf(file.path), folderOf(target));
        return why === undefined ? [] : [`${file.path} → ${target}: ${why}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('[HOUSE-2] goes through index.ts across folders', () => {
    const wrong = code.flatMap((file) =>
      file.imports
        .filter((target) => target.includes('/') && folderOf(target) !== folderOf(file.path))
        .filter((target) => !/^[a-z]+\/index\.ts$/.test(target) && !partOfServers.test(target))
        .map((target) => `${file.path} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('[HOUSE-3] has no import cycles', () => {
    expect(findCycles()).toEqual([]);
  });

  it('[HOUSE-4] names what each folder shows', () => {
    const wrong = code.filter(
      (file) => /^[a-z]+\/index\.ts$/.test(file.path) && folderOf(file.path) !== 'spec' && /export \*/.test(file.text),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  it('[HOUSE-5] keeps files short: none over 400 lines, nine in ten under 200, the median under 60', () => {
    const lengths = code
      .filter((file) => !file.path.endsWith('index.ts') && !dataTable.test(file.path))
      .map((file) => ({ path: file.path, lines: file.text.trimEnd().split('\n').length }))
      .toSorted((a, b) => a.lines - b.lines);
    expect(lengths.filter((file) => file.lines > 400)).toEqual([]);
    expect(lengths[Math.floor(lengths.length * 0.9)]?.lines).toBeLessThanOrEqual(200);
    expect(lengths[Math.floor(lengths.length * 0.5)]?.lines).toBeLessThanOrEqual(60);
  });
});

/** Cycles of run-time imports: type-only imports vanish and are left out. */
function findCycles(): string[] {
  const graph = new Map(code.map((file) => [file.path, runtimeImports(file.path, file.text, file.imports)]));
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      cycles.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return cycles;
}

function runtimeImports(path: string, text: string, imports: readonly string[]): string[] {
  const typeOnly = new Set([...text.matchAll(/(?:import|export) type [^;]*?from '([^']+)'/g)].map((match) => match[1]));
  const own = new Set([...text.matchAll(/(?:import|export) (?!type )[^;]*?from '([^']+)'/g)].map((match) => match[1]));
  const dropped = [...typeOnly]
    .filter((specifier) => !own.has(specifier))
    .map((specifier) => specifier?.split('/').pop());
  return imports.filter((target) => target !== path && !dropped.includes(target.split('/').pop()));
}
