import fc from 'fast-check';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { readTar, writeTar, type ArchiveEntry } from '../../../src/storage/index.ts';
import { targetLater, type FuzzTarget } from '../../support/fuzz.ts';

async function* entries(): AsyncGenerator<ArchiveEntry> {
  const file = (path: string, text: string): ArchiveEntry => {
    const bytes = Buffer.from(text);
    return { path, mode: 0o600, size: bytes.length, content: Readable.from([bytes]) };
  };
  yield { path: 'servers', mode: 0o700, size: 0 };
  yield file('servers/words/server.json', '{"name":"words"}');
  yield file(`servers/${'long-'.repeat(30)}é.txt`, 'x'.repeat(700));
}
const sound = await buffer(writeTar(entries()));

/** An archive in which bytes are others, pieces are lost or come twice. */
const broken = fc
  .array(
    fc.record({
      at: fc.nat(sound.length - 1),
      length: fc.nat(1500),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 16 }),
        fc.constantFrom(...['0', '5', 'x', '2', '9', '\0'].map(Buffer.from)),
      ),
      how: fc.constantFrom('put', 'cut', 'double'),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((changes) =>
    changes.reduce((bytes, { at, length, put, how }) => {
      const from = at % (bytes.length + 1);
      const piece = bytes.subarray(from, from + length);
      const middle = how === 'put' ? [Buffer.from(put)] : how === 'double' ? [piece, piece] : [];
      const rest = bytes.subarray(how === 'put' ? from + put.length : from + length);
      return Buffer.concat([bytes.subarray(0, from), ...middle, rest]);
    }, sound),
  );

async function read(bytes: Buffer): Promise<void> {
  for await (const { content } of readTar(Readable.from([bytes]))) if (content) await buffer(content);
}

/** What `restore` is given. */
export const archiveTargets: readonly FuzzTarget[] = [targetLater('backups', 1, broken, read)];
