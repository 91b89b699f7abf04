import type { Problem } from '../errors.ts';
import { invalidInput } from '../spec/index.ts';
import type { Grants } from '../spec/index.ts';

/** What the user takes back: `host`, which is every port of it, or `host:port`; and paths of folders. */
export interface Revocation {
  readonly hosts: readonly string[];
  readonly folders: readonly string[];
}

/**
 * The grants without what is taken back.
 * @throws CrafterError INVALID_INPUT for what was not granted, so that nobody believes a misspelt host to be closed.
 */
export function revoke(grants: Grants, revocation: Revocation): Grants {
  const { hosts, folders } = revocation;
  const problems = [
    ...notGranted(
      'revoke_hosts',
      hosts,
      (given) => grants.hosts.some(isHost(given)),
      grants.hosts.map(({ host, port }) => `${host}:${port}`),
    ),
    ...notGranted(
      'revoke_folders',
      folders,
      (given) => grants.folders.some(isFolder(given)),
      grants.folders.map(({ path }) => path),
    ),
  ];
  if (problems.length > 0) throw invalidInput('input', problems);
  return without(grants, revocation);
}

/** The same, passing over what was not granted. */
export function without(grants: Grants, { hosts, folders }: Revocation): Grants {
  return {
    ...grants,
    hosts: grants.hosts.filter((grant) => !hosts.some((given) => isHost(given)(grant))),
    folders: grants.folders.filter((grant) => !folders.some((given) => isFolder(given)(grant))),
  };
}

const isHost = (given: string) => (grant: Grants['hosts'][number]) =>
  [grant.host, `${grant.host}:${grant.port}`, `[${grant.host}]:${grant.port}`].includes(given.toLowerCase());
const isFolder = (given: string) => (grant: Grants['folders'][number]) =>
  grant.path === given.replace(/(?<=.)\/+$/, '');

function notGranted(
  field: string,
  given: readonly string[],
  isGranted: (one: string) => boolean,
  granted: readonly string[],
): Problem[] {
  const remedy = granted.length === 0 ? 'There is nothing to take back.' : `Granted are: ${granted.join(', ')}.`;
  return given.flatMap((one, index) =>
    isGranted(one) ? [] : [{ field: `${field}[${index}]`, value: one.slice(0, 80), message: 'is not granted', remedy }],
  );
}
