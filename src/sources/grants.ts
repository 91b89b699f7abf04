import type { Problem } from '../errors.ts';
import { isPrivateName, mayBeReached } from '../runner/index.ts';
import type { FolderGrant, HostGrant } from '../spec/index.ts';

/**
 * `/data/in` or `/data/out:rw` (also `:ro`) as a folder grant. The path must be absolute: what is relative to whom is the caller's knowledge.
 * Anything else is a Problem about `field`.
 */
export function folderGrantOf(text: string, field: string): FolderGrant | Problem {
  const [, path = '', mode = 'ro'] = /^(.*?)(?::(rw|ro))?$/s.exec(text) ?? [];
  if (!path.startsWith('/') || path.includes('\0') || path.split('/').includes('..')) {
    const message = 'a granted folder is an absolute path without `..`';
    return {
      field,
      value: text.slice(0, 80),
      message,
      remedy: 'Write it as /folder for reading or /folder:rw for writing.',
    };
  }
  return { path: path.length > 1 ? path.replace(/\/+$/, '') : path, access: mode === 'rw' ? 'write' : 'read' };
}

/**
 * `api.example.com`, `api.example.com:8443`, `*.example.com` or a URL as a host grant. Loopback and private
 * addresses written out are taken as meant, so are names without a dot and those in `.local`, `.internal`, `.localhost`.
 * Anything else is a Problem about `field`.
 */
export function hostGrantOf(text: string, field: string): HostGrant | Problem {
  const scheme = /^(https?):\/\//i.exec(text)?.[1]?.toLowerCase();
  const authority = text.replace(/^https?:\/\//i, '').replace(/\/.*$/s, '');
  const [, host = '', port] = /^(\[[0-9a-f:.]+\]|[^:\s@/]+)(?::(\d{1,5}))?$/i.exec(authority) ?? [];
  const number = port === undefined ? (scheme === 'http' ? 80 : 443) : Number(port);
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  if (!/^(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9])?$|^[0-9a-f:.]+$/.test(name) || number < 1 || number > 65_535) {
    return {
      field,
      value: text.slice(0, 80),
      message: 'not a host',
      remedy: 'Write it as host or host:port, for example api.example.com:443.',
    };
  }
  if (!mayOpen(name)) {
    const message = 'a link-local, metadata or otherwise closed address, which no server reaches';
    return { field, value: text.slice(0, 80), message, remedy: 'Name a host, or another address.' };
  }
  return { host: name, port: number, private: isPrivate(name) };
}

/**
 * Whether a host stands for a place in the user's own network by the way it is written: an address, or a name that
 * public DNS does not have. Any other name must lead to public addresses, whatever DNS says of it later.
 */
export const isPrivate = isPrivateName;
export const mayOpen = mayBeReached;
