import type { ProjectFiles } from '../spec/index.ts';
import { unifiedDiff } from './line-diff.ts';

export interface ProjectDifference {
  /** What clients see change, a line each: `+ new_tool`, `- old_tool`, `~ tool: input, description`. */
  readonly interface: readonly string[];
  /** Unified difference of the files a person reads; empty when nothing changed. */
  readonly code: string;
}

/** Machine-made files that say nothing which the others do not. */
const unread = new Set(['package-lock.json', 'sbom.cdx.json', 'THIRD_PARTY.md', 'mcp-crafter.json', 'src/api.json']);

/** What changes from one generated project to another. */
export function diffProjects(before: ProjectFiles, after: ProjectFiles): ProjectDifference {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter((path) => !unread.has(path)).toSorted();
  const code = paths.map((path) => unifiedDiff(path, before.get(path)?.text, after.get(path)?.text)).join('');
  return { interface: interfaceChanges(toolsOf(before), toolsOf(after)), code };
}

type Tools = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

function toolsOf(files: ProjectFiles): Tools {
  const manifest = files.get('mcp-crafter.json')?.text;
  if (manifest === undefined) return new Map();
  type Named = { readonly name: string };
  const { blueprint } = JSON.parse(manifest) as { blueprint: { tools: Named[]; catalogue?: Named[] } };
  const { tools, catalogue = [] } = blueprint;
  return new Map([
    ...tools.map((tool) => [tool.name, { ...tool }] as const),
    ...catalogue.map((tool) => [`${tool.name} (catalogue)`, { ...tool }] as const),
  ]);
}

const seen = ['title', 'description', 'input', 'output', 'annotations'];

function interfaceChanges(before: Tools, after: Tools): string[] {
  const added = [...after.keys()].filter((name) => !before.has(name)).map((name) => `+ ${name}`);
  const removed = [...before.keys()].filter((name) => !after.has(name)).map((name) => `- ${name}`);
  const changed = [...after].flatMap(([name, tool]) => {
    const old = before.get(name);
    const fields =
      old === undefined ? [] : seen.filter((field) => JSON.stringify(old[field]) !== JSON.stringify(tool[field]));
    return fields.length > 0 ? [`~ ${name}: ${fields.join(', ')}`] : [];
  });
  return [...added, ...removed, ...changed];
}
