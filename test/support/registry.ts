import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { listen } from './loopback.ts';

/** A version of a package as a test publishes it. */
export interface Published {
  /** Fields of its package.json beside name and version. */
  readonly manifest?: Readonly<Record<string, unknown>>;
  /** Entries of its tarball beside package.json, by their whole path: `package/index.js`. */
  readonly files?: Readonly<Record<string, string | Buffer>>;
  /** Symbolic links of its tarball: path to target. */
  readonly links?: Readonly<Record<string, string>>;
  /** When it was published; default ten years ago. Null: the registry does not say. */
  readonly time?: string | null;
  /** What the registry says instead of the tarball's own integrity; null: nothing. */
  readonly integrity?: string | null;
}

export interface TestRegistry {
  /** Ends with a slash. */
  readonly url: string;
  /** `GET /path`, in their order. */
  readonly requests: readonly string[];
  /** Replaces a version that stands: what a registry that was broken into would do. */
  publish(name: string, version: string, published: Published): void;
  close(): Promise<void>;
}

const longAgo = '2016-01-01T00:00:00.000Z';

/** A registry of npm packages on loopback, with what a test publishes and nothing else. */
export async function startRegistry(
  packages: Readonly<Record<string, Readonly<Record<string, Published>>>>,
): Promise<TestRegistry> {
  const kept = new Map(Object.entries(packages).map(([name, versions]) => [name, new Map(Object.entries(versions))]));
  const requests: string[] = [];
  const server = await listen((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname).slice(1);
    requests.push(`${request.method} /${path}`);
    const [, name = '', version = ''] = /^(.+)\/-\/(.+)\.tgz$/.exec(path) ?? [];
    const one = kept.get(name)?.get(version);
    if (one !== undefined) return void response.end(tarball(name, version, one));
    const versions = kept.get(path);
    response.setHeader('content-type', 'application/json');
    if (versions === undefined) return void response.writeHead(404).end('{"error":"not found"}');
    response.end(JSON.stringify(documentOf(`${server.url}/`, path, versions)));
  });
  return {
    url: `${server.url}/`,
    requests,
    publish: (name, version, published) => void kept.get(name)?.set(version, published),
    close: server.close,
  };
}

function documentOf(url: string, name: string, versions: ReadonlyMap<string, Published>): Record<string, unknown> {
  const entries = [...versions].map(([version, one]) => {
    const { hasInstallScript } = { hasInstallScript: one.manifest?.['scripts'] !== undefined };
    const integrity = one.integrity === undefined ? integrityOf(tarball(name, version, one)) : one.integrity;
    const dist = { tarball: `${url}${name}/-/${version}.tgz`, ...(integrity === null ? {} : { integrity }) };
    return [version, { name, version, ...one.manifest, ...(hasInstallScript && { hasInstallScript }), dist }] as const;
  });
  const times = [...versions].flatMap(([version, { time = longAgo }]) => (time === null ? [] : [[version, time]]));
  return {
    name,
    'dist-tags': { latest: entries.at(-1)?.[0] },
    versions: Object.fromEntries(entries),
    ...(times.length === 0 ? {} : { time: Object.fromEntries(times) as unknown }),
  };
}

export const integrityOf = (content: Buffer): string =>
  `sha512-${createHash('sha512').update(content).digest('base64')}`;

/** What the registry gives for a version. */
export function tarball(name: string, version: string, { manifest, files = {}, links = {} }: Published): Buffer {
  const own = { 'package/package.json': JSON.stringify({ name, version, ...manifest }) };
  const blocks = [
    ...Object.entries({ ...own, ...files }).flatMap(([path, content]) => entryOf(path, Buffer.from(content), '0', '')),
    ...Object.entries(links).flatMap(([path, target]) => entryOf(path, Buffer.alloc(0), '2', target)),
  ];
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** Header and content of one entry, in the format of POSIX.1-1988 (ustar). */
function entryOf(path: string, content: Buffer, type: string, target: string): Buffer[] {
  const header = Buffer.alloc(512);
  header.write(path, 0);
  header.write('0000644\0', 100);
  header.write('0000000\0'.repeat(2), 108);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('00000000000\0', 136);
  header.write(`        ${type}`, 148);
  header.write(target, 157);
  header.write('ustar\0' + '00', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return [header, content, Buffer.alloc((512 - (content.length % 512)) % 512)];
}
