import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { CallContext } from '#shared/bearer.ts';
import { optionalSetting } from '#shared/settings.ts';

const file = 'oauth/session.sealed';

/** What outlives a restart: never the access token. */
export interface StoredSession {
  readonly grant: 'authorization_code' | 'client_credentials';
  readonly refreshToken: string;
  readonly scope: string;
}

/** Seals the refresh token with OAUTH_STORE_KEY (scrypt, AES-256-GCM); without that key nothing is written. */
export async function keep(context: CallContext, session: StoredSession): Promise<boolean> {
  const passphrase = optionalSetting(context, 'OAUTH_STORE_KEY');
  if (passphrase === undefined) return false;
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(session), 'utf8'), cipher.final()]);
  await context.folders.writeText(file, Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64'));
  return true;
}

/** The session kept earlier, or undefined when there is none or the key is another. */
export async function kept(context: CallContext): Promise<StoredSession | undefined> {
  const passphrase = optionalSetting(context, 'OAUTH_STORE_KEY');
  if (passphrase === undefined) return undefined;
  const text = await context.folders.readText(file).catch(() => undefined);
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  try {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      scryptSync(passphrase, bytes.subarray(0, 16), 32),
      bytes.subarray(16, 28),
    );
    decipher.setAuthTag(bytes.subarray(28, 44));
    return JSON.parse(
      Buffer.concat([decipher.update(bytes.subarray(44)), decipher.final()]).toString('utf8'),
    ) as StoredSession;
  } catch {
    context.log.warn('the kept sign-in cannot be opened with this OAUTH_STORE_KEY');
    return undefined;
  }
}
