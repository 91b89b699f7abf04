import { Transform } from 'node:stream';

const HEADER_BYTES = 8;

/** What a program said, out of Docker's frames: a header of eight bytes, the last four of them the length of what follows. */
export function unframed(): Transform {
  let header = Buffer.alloc(0);
  let left = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      let rest = chunk;
      while (rest.length > 0) {
        if (left > 0) {
          this.push(rest.subarray(0, left));
          const taken = Math.min(left, rest.length);
          left -= taken;
          rest = rest.subarray(taken);
          continue;
        }
        const missing = HEADER_BYTES - header.length;
        header = Buffer.concat([header, rest.subarray(0, missing)]);
        rest = rest.subarray(missing);
        if (header.length < HEADER_BYTES) break;
        left = header.readUInt32BE(4);
        header = Buffer.alloc(0);
      }
      done();
    },
  });
}
