import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { writeTar, type ArchiveEntry } from '../storage/index.ts';
import { sha256 } from '../util/index.ts';
import { etcFiles } from './arguments.ts';
import type { Docker } from './docker-api.ts';
import { sandboxUser, systemPlaces } from './host.ts';

const REPOSITORY = 'mcp-crafter-sandbox';
/** /sbin is the place of Docker's own init; what is mounted gets its place when a container is made. */
const folders = ['dev', 'etc', 'proc', 'sbin', 'sys', 'tmp', 'usr'];

/**
 * Name of the image that containers are made of: a root with nothing but links into /usr, which is mounted from the
 * host as in bubblewrap. It is made where it is missing; no registry is asked.
 */
export async function sandboxImage(docker: Docker): Promise<string> {
  const archive = await buffer(writeTar(rootEntries()));
  const tag = sha256(archive).slice(0, 12);
  const known = await docker.ask('GET', `/images/${REPOSITORY}:${tag}/json`).catch(whereMissing);
  if (known === undefined) await docker.ask('POST', `/images/create?fromSrc=-&repo=${REPOSITORY}&tag=${tag}`, archive);
  return `${REPOSITORY}:${tag}`;
}

function whereMissing(error: Error & { readonly status?: number }): undefined {
  if (error.status !== 404) throw error;
}

/** The same each time, so that their digest names the image. */
async function* rootEntries(): AsyncGenerator<ArchiveEntry> {
  const { id, group } = sandboxUser();
  for (const path of folders) yield { path, mode: path === 'tmp' ? 0o1777 : 0o755, size: 0 };
  for (const { path, link } of systemPlaces())
    if (link !== undefined && path !== '/sbin') yield { path: path.slice(1), mode: 0o777, size: 0, link };
  for (const [path, text] of etcFiles) {
    const bytes = Buffer.from(text.replace(':65534:65534:', `:${id}:${group}:`));
    yield { path: path.slice(1), mode: 0o644, size: bytes.length, content: Readable.from([bytes]) };
  }
}
