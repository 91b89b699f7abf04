import type { Blueprint, Tool } from '../spec/index.ts';
import { canonicalJson } from '../util/index.ts';

/** What callers of a server see: a change of it is more than a patch. */
const interfaceOf = ({ name, title, description, input, output, annotations }: Tool): unknown => ({
  name,
  title,
  description,
  input,
  output,
  annotations,
});

/** Minor version up when the interface differs, else patch; a higher version that a Blueprint brings stands. */
export function nextVersion(before: Blueprint, next: Blueprint): string {
  if (isHigher(next.version, before.version)) return next.version;
  const [major = 0, minor = 0, patch = 0] = before.version.split('.').map(Number);
  const same = canonicalJson(before.tools.map(interfaceOf)) === canonicalJson(next.tools.map(interfaceOf));
  return same ? `${major}.${minor}.${patch + 1}` : `${major}.${minor + 1}.0`;
}

/** Whether two Blueprints say the same, whatever their version and where they came from. */
export function sameServer(a: Blueprint, b: Blueprint): boolean {
  const meaning = ({ version: _version, provenance: _provenance, ...rest }: Blueprint): string => canonicalJson(rest);
  return meaning(a) === meaning(b);
}

/** Tools of `changed` in place of those of the same name, new ones at the end, named ones taken away. */
export function changeTools(tools: readonly Tool[], changed: readonly Tool[], removed: readonly string[]): Tool[] {
  const byName = new Map(changed.map((tool) => [tool.name, tool]));
  const kept = tools.filter((tool) => !removed.includes(tool.name)).map((tool) => byName.get(tool.name) ?? tool);
  const names = new Set(tools.map((tool) => tool.name));
  return [...kept, ...changed.filter((tool) => !names.has(tool.name))];
}

function isHigher(a: string, b: string): boolean {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  const index = left.findIndex((part, at) => part !== right[at]);
  return index >= 0 && (left[index] ?? 0) > (right[index] ?? 0);
}
