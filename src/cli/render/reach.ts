import type { Blueprint, Grants, Tool } from '../../spec/index.ts';
import { plain } from '../output.ts';

/** How a tool does its work: the request of an API's operation, else the kind of its implementation. */
export function wayOf({ implementation }: Tool): string {
  return implementation.kind === 'http'
    ? plain(`${implementation.method} ${implementation.path}`)
    : implementation.kind;
}

/** What the server would see and call. */
export function reachOf({ grants }: Blueprint): string[] {
  const reached = grantsIn(grants);
  const more = reached.length > 20 ? ` and ${reached.length - 20} more` : '';
  return reached.length === 0 ? [] : [`May reach: ${reached.slice(0, 20).join(', ')}${more}`];
}

const onOneLine = (text: string): string => plain(text).replace(/\s/g, ' ');

export function grantsIn({ folders, hosts }: Grants): string[] {
  return [
    ...folders.map(({ path, access }) => onOneLine(`${path} (${access})`)),
    ...hosts.map(({ host, port }) => onOneLine(`${host}:${port}`)),
  ];
}
