import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import type { TokenContext } from './token-settings.ts';

/** What outlives a restart: never the access token. */
export interface KeptSignIn {
  readonly grant: 'authorization_code' | 'client_credentials' | 'password';
  readonly refreshToken: string;
  readonly scope: string;
}

/** Where sign-ins that were begun are kept until they end, beside those that are done. */
export const begunFile = (file: string): string => file.replace(/[^/]*$/, 'begun/$&');

/** Seals a value into a file of the workspace (scrypt, AES-256-GCM); without a key nothing is written. */
export async function keepSealed(
  context: TokenContext,
  file: string,
  passphrase: string | undefined,
  value: unknown,
): Promise<boolean> {
  if (passphrase === undefined || context.folders === undefined) return false;
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, 32), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  await context.folders.writeText(file, Buffer.concat([salt, nonce, cipher.getAuthTag(), sealed]).toString('base64'));
  return true;
}

/** The value sealed earlier, or undefined when there is none or the key is another. */
export async function keptSealed<Value>(
  context: TokenContext,
  file: string,
  passphrase: string | undefined,
): Promise<Value | undefined> {
  if (passphrase === undefined || context.folders === undefined) return undefined;
  const text = await context.folders.readText(file).catch(() => undefined);
  if (text === undefined) return undefined;
  const bytes = Buffer.from(text, 'base64');
  try {
    const key = scryptSync(passphrase, bytes.subarray(0, 16), 32);
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(16, 28));
    decipher.setAuthTag(bytes.subarray(28, 44));
    const opened = Buffer.concat([decipher.update(bytes.subarray(44)), decipher.final()]);
    return JSON.parse(opened.toString('utf8')) as Value;
  } catch {
    context.log.warn('what was kept of a sign-in cannot be opened with this key', { file });
    return undefined;
  }
}
