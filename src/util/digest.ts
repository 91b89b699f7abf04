import { createHash, randomBytes } from 'node:crypto';

/** SHA-256 of text or bytes, as 64 hex digits. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}

/** A fresh id such as `build-3f9c0a1b2d4e`: prefix, hyphen, 12 hex digits. */
export function newId(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}
