import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

/**
 * Sealed text is `v1.KEY.IV.TAG.DATA`: the key's short fingerprint, then base64url parts of AES-256-GCM
 * (NIST SP 800-38D: 96-bit IV, 128-bit tag). The owner (server and name) is authenticated with it, so that
 * a sealed value cannot be moved to another name.
 */
const version = 'v1';

/** Eight hex digits that tell keys apart and say nothing about them. */
const fingerprint = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

export function seal(key: Buffer, owner: string, value: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(owner));
  const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  const parts = [iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'));
  return [version, fingerprint(key), ...parts].join('.');
}

/** Undefined when the text was sealed with another key, for another owner, or was changed. */
export function unseal(key: Buffer, owner: string, sealed: string): string | undefined {
  const [form, print, iv, tag, data] = sealed.split('.');
  if (form !== version || print !== fingerprint(key) || iv === undefined || tag === undefined || data === undefined)
    return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64url'), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(owner)).setAuthTag(Buffer.from(tag, 'base64url'));
    return decipher.update(Buffer.from(data, 'base64url'), undefined, 'utf8') + decipher.final('utf8');
  } catch {
    return undefined;
  }
}
