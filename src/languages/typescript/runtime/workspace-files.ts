import { existsSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import type { Folders } from './context.ts';
import { ToolError } from './errors.ts';
import type { FileResources } from './mcp-server.ts';
import type { ResourceLink } from './result.ts';

const scheme = 'workspace:///';
const maxListed = 200;

/** Offers the files of the workspace as resources, and links to those that a tool's answer names. */
export function workspaceFiles(folders: Folders): FileResources {
  const workspace = folders.roots[0]!.path;
  return {
    async list() {
      const names = await folders.list(workspace, maxListed).catch(() => []);
      return names.filter((name) => !isSealed(name)).map((name) => ({ uri: toUri(name), name }));
    },
    read: async (uri) => folders.readText(`${workspace}/${toName(uri)}`),
    linksIn: (answer) => pathsIn(answer).flatMap((path) => link(workspace, path)),
  };
}

/** A kept sign-in is the server's own. */
const isSealed = (name: string): boolean => name.endsWith('.sealed');

/** Values of top-level fields that say they are files: `file`, `report_path`, `files`. */
function pathsIn(answer: Record<string, unknown>): string[] {
  return Object.entries(answer)
    .filter(([name]) => /(^|_|[a-z])(files?|paths?|report)$/i.test(name))
    .flatMap(([, value]) => value)
    .filter((value) => typeof value === 'string');
}

function link(workspace: string, path: string): ResourceLink[] {
  const file = resolve(workspace, path);
  if (!file.startsWith(`${workspace}/`) || !existsSync(file)) return [];
  return [{ type: 'resource_link', uri: toUri(relative(workspace, file)), name: basename(file) }];
}

function toUri(name: string): string {
  return scheme + name.split('/').map(encodeURIComponent).join('/');
}

function toName(uri: string): string {
  try {
    if (uri.startsWith(scheme) && !isSealed(decodeURIComponent(uri)))
      return decodeURIComponent(uri.slice(scheme.length));
  } catch {
    // Told below: a wrong escape is no more of an address than a wrong scheme.
  }
  throw new ToolError(`${JSON.stringify(uri)} is no file of the workspace.`, 'Use an address from resources/list.');
}
