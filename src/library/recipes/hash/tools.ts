import type { RecipeTool } from '../../../spec/index.ts';
import { answer, choice, count, object, path, readOnly, text } from '../../schema.ts';

const algorithms = ['sha256', 'sha384', 'sha512', 'sha3-256', 'sha3-512', 'blake2b512', 'sha1', 'md5'];

export const hashCalculator: RecipeTool = {
  name: 'hash_calculator',
  title: 'Calculate a hash',
  description:
    'Calculates the hash of a file or a text and, when an expected one is given, says whether they match. md5 and sha1 are there only to compare with published sums. Returns the digest; does not encrypt, sign or store anything.',
  vocabulary: {
    phrases: [
      'calculate hash',
      'file hash',
      'checksum',
      'check sum',
      'sha256',
      'sha-256',
      'sha512',
      'md5',
      'sha1',
      'message digest',
      'file integrity',
      'verify download',
      'verify checksum',
      'fingerprint of a file',
      'compare hashes',
      'integrity check',
      'hash value', 'hash', 'digest', 'checksums', 'sha384', 'hash of', 'crc', 'file hashes', 'sha', 'md5sum', 'sha256sum', 'identical files', 'hashes', 'blake2', 'fingerprint', 'sha512 sums', 'files are intact', 'intact', 'tampered', 'corrupted download', 'corruption', 'checksum file', 'byte identical', 'sha3', 'calculate digest', 'bit rot', 'hash of backup', 'md5 of',],
    verbs: ['hash', 'calculate', 'compute', 'verify', 'compare', 'generate', 'check', 'fingerprint', 'digest'],
    objects: ['hash', 'checksum', 'digest', 'sha256', 'md5', 'fingerprint', 'file integrity', 'download', 'hash sum'],
    not: ['password', 'hashtag', 'webhook', 'signature', 'encrypt', 'blockchain', 'hash map', 'hash table', 'hmac', 'signed', 'header',],
  },
  input: object({
    path: path('File to hash, in the workspace or a granted folder. Give either path or text.'),
    text: text('Text to hash, taken as UTF-8.', 1_000_000),
    algorithm: choice('Hash function.', algorithms, 'sha256'),
    form: choice('How to write the digest.', ['hex', 'base64'], 'hex'),
    expected: text('Digest to compare with, in hex or base64.', 200, { minLength: 8 }),
  }),
  output: answer({
    name: { type: 'string', description: 'File name, or text.' },
    bytes: count('Bytes that were hashed.'),
    algorithm: { type: 'string', description: 'Hash function.' },
    digest: { type: 'string', description: 'The digest.' },
    matches: { type: ['boolean', 'null'], description: 'Whether it is the expected one; null when none was given.' },
  }),
  annotations: readOnly,
  examples: [
    {
      arguments: { text: 'abc', expected: 'BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD' },
      expect: {
        equals: {
          name: 'text',
          bytes: 3,
          algorithm: 'sha256',
          digest: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
          matches: true,
        },
      },
    },
    {
      files: { 'a.txt': 'abc' },
      arguments: { path: 'a.txt', algorithm: 'md5' },
      expect: { contains: '900150983cd24fb0d6963f7d28e17f72' },
    },
    { arguments: {}, expect: { isError: true } },
  ],
  handler: { module: 'hash-calculator.ts', export: 'calculateHash' },
  uses: ['folders'],
};
