import type { Blueprint, Tool } from '../../spec/index.ts';
import { plain } from '../output.ts';

/** How a tool does its work: the request of an API's operation, else the kind of its implementation. */
export function wayOf({ implementation }: Tool): string {
  return implementation.kind === 'http'
    ? plain(`${implementation.method} ${implementation.path}`)
    : implementation.kind;
}

/** What the server would see and call. */
export function reachOf({ grants }: Blueprint): string[] {
  const folders = grants.folders.map(({ path, access }) => `${plain(path)} (${access})`);
  const hosts = grants.hosts.map(({ host, port }) => `${host}:${port}`);
  const shown = [...folders, ...hosts].slice(0, 20).join(', ');
  return shown === '' ? [] : [`May reach: ${shown}`];
}
