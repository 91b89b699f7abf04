/** One file, folder or link of an archive. `size` bytes of content follow for a file; the others have none. */
export interface ArchiveEntry {
  /** Relative, `/` between its parts. */
  readonly path: string;
  /** Permission bits, with those above them (sticky, set-id). */
  readonly mode: number;
  readonly size: number;
  readonly content?: AsyncIterable<Uint8Array>;
  /** Where a symbolic link leads, in 100 bytes at most. */
  readonly link?: string;
}

// POSIX.1-2017, pax Interchange Format: blocks of 512 bytes, a header before each file, two empty blocks at the end.
export const blockBytes = 512;
export const kinds = { file: '0', link: '2', folder: '5', extended: 'x' } as const;
/** Bytes of a path, and a size, that a plain header holds. */
const plainPathBytes = 100;
const plainSize = 8 ** 11;

/** The bytes of an archive. A file that shrinks while it is read is filled up with zeros, one that grows is cut. */
export async function* writeTar(entries: AsyncIterable<ArchiveEntry>): AsyncGenerator<Uint8Array> {
  for await (const entry of entries) {
    const extended = extendedHeader(entry);
    if (extended !== undefined) yield extended;
    yield header(entry.path, entry.mode, entry.size, kindOf(entry), entry.link);
    if (entry.content !== undefined) yield* exactly(entry.content, entry.size);
    yield padding(entry.size);
  }
  yield Buffer.alloc(2 * blockBytes);
}

function kindOf({ content, link }: ArchiveEntry): string {
  if (link !== undefined) return kinds.link;
  return content === undefined ? kinds.folder : kinds.file;
}

async function* exactly(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  let left = size;
  for await (const chunk of content) {
    const part = chunk.subarray(0, left);
    left -= part.length;
    yield part;
    if (left === 0) return;
  }
  for (; left > 0; left -= Math.min(left, 65_536)) yield Buffer.alloc(Math.min(left, 65_536));
}

const padding = (size: number): Uint8Array => Buffer.alloc((blockBytes - (size % blockBytes)) % blockBytes);

/** What a plain header cannot hold goes before it, as records `LENGTH KEY=VALUE\n`. */
function extendedHeader({ path, size }: ArchiveEntry): Uint8Array | undefined {
  const records = [
    ...(Buffer.byteLength(path) > plainPathBytes || /[^ -~]/.test(path) ? [record('path', path)] : []),
    ...(size >= plainSize ? [record('size', String(size))] : []),
  ];
  if (records.length === 0) return undefined;
  const text = Buffer.from(records.join(''));
  return Buffer.concat([header('extended', 0o600, text.length, kinds.extended), text, padding(text.length)]);
}

/** The length counts itself. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (Buffer.byteLength(String(length)) + Buffer.byteLength(rest) !== length) length++;
  return `${length}${rest}`;
}

function header(path: string, mode: number, size: number, kind: string, link = ''): Uint8Array {
  const block = Buffer.alloc(blockBytes);
  const octal = (value: number, at: number, bytes: number): void =>
    void block.write(`${value.toString(8).padStart(bytes - 1, '0')}\0`, at, 'latin1');
  Buffer.from(path).copy(block, 0, 0, plainPathBytes);
  octal(mode & 0o7777, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(Math.min(size, plainSize - 1), 124, 12);
  octal(0, 136, 12);
  block.write(kind, 156, 'latin1');
  Buffer.from(link).copy(block, 157, 0, plainPathBytes);
  block.write('ustar\u000000', 257, 'latin1');
  block.write(`${checksum(block).toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}

/** Sum of a header's bytes, its own eight taken as blanks. */
export function checksum(block: Uint8Array): number {
  return block.reduce((sum, byte, index) => sum + (index >= 148 && index < 156 ? 32 : byte), 0);
}
