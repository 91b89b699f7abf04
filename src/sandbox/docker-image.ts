import { sha256 } from '../util/index.ts';
import { etcFiles } from './arguments.ts';
import type { Docker } from './docker-api.ts';
import { sandboxUser, systemPlaces } from './host.ts';

const REPOSITORY = 'mcp-crafter-sandbox';
const BLOCK = 512;
/** /sbin is the place of Docker's own init; what is mounted gets its place when a container is made. */
const folders = ['dev', 'etc', 'proc', 'sbin', 'sys', 'tmp', 'usr'];

/**
 * Name of the image that containers are made of: a root with nothing but links into /usr, which is mounted from the
 * host as in bubblewrap. It is made where it is missing; no registry is asked.
 */
export async function sandboxImage(docker: Docker): Promise<string> {
  const archive = rootArchive();
  const tag = sha256(archive).slice(0, 12);
  const known = await docker.ask('GET', `/images/${REPOSITORY}:${tag}/json`).catch(whereMissing);
  if (known === undefined) await docker.ask('POST', `/images/create?fromSrc=-&repo=${REPOSITORY}&tag=${tag}`, archive);
  return `${REPOSITORY}:${tag}`;
}

function whereMissing(error: Error & { readonly status?: number }): undefined {
  if (error.status !== 404) throw error;
}

/** The same bytes each time, so that their digest names the image. */
function rootArchive(): Buffer {
  const { id, group } = sandboxUser();
  const links = systemPlaces().filter(({ path, link }) => link !== undefined && path !== '/sbin');
  return Buffer.concat([
    ...folders.map((name) => entry(`${name}/`, '5', name === 'tmp' ? 0o1777 : 0o755)),
    ...links.map(({ path, link }) => entry(path.slice(1), '2', 0o777, { link })),
    ...etcFiles.map(([path, text]) =>
      entry(path.slice(1), '0', 0o644, { content: text.replace(':65534:65534:', `:${id}:${group}:`) }),
    ),
    Buffer.alloc(2 * BLOCK),
  ]);
}

/** A header of POSIX.1-2017, ustar Interchange Format, and what follows it. */
function entry(path: string, kind: '0' | '2' | '5', mode: number, { link = '', content = '' } = {}): Buffer {
  const block = Buffer.alloc(BLOCK + Math.ceil(content.length / BLOCK) * BLOCK);
  const octal = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`;
  block.write(path, 0, 100);
  block.write(octal(mode, 8) + octal(0, 8) + octal(0, 8) + octal(content.length, 12) + octal(0, 12), 100);
  block.write(`        ${kind}${link}`, 148);
  block.write('ustar\u000000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${octal(sum, 7)} `, 148);
  block.write(content, BLOCK);
  return block;
}
