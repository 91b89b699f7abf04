import { invalidInput } from '../../spec/index.ts';
import { blockBytes, checksum, kinds, type ArchiveEntry } from './tar.ts';

const mostExtendedBytes = 16 * 1024;

/**
 * Reads an archive as data from outside: files and folders only, whole, with sound headers. Whoever takes an entry reads its
 * content before asking for the next.
 * @throws CrafterError INVALID_INPUT for anything else, and for an archive that breaks off.
 */
export async function* readTar(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ArchiveEntry> {
  const source = reader(bytes);
  let extended: Extended = {};
  for (;;) {
    const block = await source.whole(blockBytes);
    if (block.every((byte) => byte === 0)) return;
    const found = readHeader(block);
    if (found.kind === kinds.extended) {
      if (found.size > mostExtendedBytes) throw refused('a header is too long');
      extended = readExtended(await source.whole(found.size));
      await source.whole(paddingOf(found.size));
      continue;
    }
    const size = extended.size ?? found.size;
    const entry = { path: extended.path ?? found.path, mode: found.mode, size };
    extended = {};
    if (found.kind === kinds.folder && size === 0) yield entry;
    else if (found.kind === kinds.file) {
      let left = size;
      const content = (async function* () {
        for (; left > 0; ) {
          const part = await source.some(left);
          left -= part.length;
          yield part;
        }
      })();
      yield { ...entry, content };
      if (left > 0) throw new TypeError('an entry was not read to its end');
      await source.whole(paddingOf(size));
    } else throw refused(`${entry.path} is neither a file nor a folder`);
  }
}

export const refused = (why: string): Error =>
  invalidInput('backup', [
    { field: 'file', message: why, remedy: 'Take a file that `mcp-crafter backup` wrote, whole and unchanged.' },
  ]);

const paddingOf = (size: number): number => (blockBytes - (size % blockBytes)) % blockBytes;

interface Extended {
  readonly path?: string;
  readonly size?: number;
}

function readHeader(block: Uint8Array): { path: string; mode: number; size: number; kind: string } {
  const text = (from: number, to: number): string => {
    const end = block.indexOf(0, from);
    return Buffer.from(block.subarray(from, end === -1 ? to : Math.min(end, to))).toString('utf8');
  };
  const octal = (from: number, to: number): number => Number.parseInt(text(from, to).trim(), 8);
  const [mode, size] = [octal(100, 108), octal(124, 136)];
  if (octal(148, 156) !== checksum(block) || text(257, 262) !== 'ustar' || !(size >= 0) || !(mode >= 0))
    throw refused('a header is not sound');
  return { path: text(0, 100), mode: mode & 0o777, size, kind: text(156, 157) };
}

function readExtended(bytes: Buffer): Extended {
  const fields = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const length = Number.parseInt(bytes.toString('latin1', at, at + 8), 10);
    const record = bytes.toString('utf8', at, at + length);
    const found = /^\d+ ([a-z]+)=(.*)\n$/s.exec(record);
    if (!(length > 0) || at + length > bytes.length || found === null) throw refused('a header is not sound');
    fields.set(found[1] ?? '', found[2] ?? '');
    at += length;
  }
  const [path, size] = [fields.get('path'), fields.get('size')];
  if (size !== undefined && !/^\d{1,15}$/.test(size)) throw refused('a header is not sound');
  return { ...(path === undefined ? {} : { path }), ...(size === undefined ? {} : { size: Number(size) }) };
}

/** Bytes of a stream in portions as they are wanted. */
function reader(bytes: AsyncIterable<Uint8Array>): { some(most: number): Promise<Buffer>; whole(size: number): Promise<Buffer> } {
  const chunks = bytes[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const some = async (most: number): Promise<Buffer> => {
    while (rest.length === 0) {
      const { value, done } = await chunks.next();
      if (done === true) throw refused('it breaks off');
      rest = Buffer.from(value.buffer, value.byteOffset, value.length);
    }
    const part = rest.subarray(0, most);
    rest = rest.subarray(part.length);
    return part;
  };
  const whole = async (size: number): Promise<Buffer> => {
    const parts: Buffer[] = [];
    for (let left = size; left > 0; ) {
      const part = await some(left);
      left -= part.length;
      parts.push(part);
    }
    return Buffer.concat(parts);
  };
  return { some, whole };
}
