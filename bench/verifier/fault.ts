import type { Good } from './good.ts';

/** Files of a project: relative path to text. */
export type Files = Map<string, string>;

/** A way in which a server is bad, put into its source. What is put in is free of errors of types and lint. */
export interface Fault {
  readonly name: string;
  /** The kind it is counted under. */
  readonly of: string;
  /** Whether this server can have it, and verification is given what shows it. */
  applies(good: Good): boolean;
  /** @throws Error where the place for it is not found. */
  put(files: Files, good: Good): void;
  /** It costs a long wait for each call: tried on few servers. */
  readonly long?: true;
}

/** Replaces a place of one file that has to be there. */
export function replace(files: Files, path: string, place: string, by: string): void {
  const text = files.get(path);
  if (text === undefined || !text.includes(place)) throw new Error(`${path} does not hold: ${place}`);
  files.set(
    path,
    text.replace(place, () => by),
  );
}

export function append(files: Files, path: string, more: string): void {
  files.set(path, `${files.get(path) ?? ''}\n${more}\n`);
}

const protocol = 'src/modules/mcp-server.ts';

/** Statements before each call; `params` and `tool` are in sight. */
export function beforeCalls(files: Files, statements: string, top = ''): void {
  const call = 'const result = await calls.run(';
  replace(files, protocol, call, `${statements}\n    ${call}`);
  files.set(protocol, `${top}\n${files.get(protocol)}`);
}

/** A function `bent(result, tool, params)` through which each result goes. */
export function afterCalls(files: Files, bent: string): void {
  replace(
    files,
    protocol,
    'return { ...result, content: [...result.content, ...links] };',
    'return bent({ ...result, content: [...result.content, ...links] }, tool.listed, params.arguments) as never;',
  );
  append(files, protocol, bent);
}

/** A function `listed(tool)` through which each tool of the listing goes. */
export function inListing(files: Files, listed: string): void {
  replace(
    files,
    protocol,
    'definition.tools.map((tool) => tool.listed) };',
    'definition.tools.map(({ listed }) => shown(listed as never)) };',
  );
  append(files, protocol, listed);
}

export const ours = (good: Good): boolean => good.kind !== 'hand';

export function blueprintOf(good: Good) {
  if (good.kind === 'hand') throw new Error('a server by hand has no Blueprint');
  return good.blueprint;
}
