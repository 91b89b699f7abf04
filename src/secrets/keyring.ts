import { setTimeout as sleep } from 'node:timers/promises';
import { CrafterError } from '../errors.ts';

/** Where a state folder's key lies when it is not in its file. */
export interface Keyring {
  get(): Promise<string | undefined>;
  set(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** How long a keyring may take, which may ask its user for a password; in milliseconds. */
const patience = 60_000;

/**
 * The keyring of the login session (Secret Service, over D-Bus), under the service `mcp-crafter` and the folder's path as
 * account. Never the kernel's keyring instead, which forgets at the next start of the machine.
 * @throws CrafterError MISSING_PREREQUISITE when none answers; so do its methods.
 */
export async function openKeyring(stateFolder: string): Promise<Keyring> {
  const { AsyncEntry } = await import('@napi-rs/keyring').catch((error: unknown) => {
    throw unusable('its library has no part for this machine', error);
  });
  const ask = async <T>(work: (entry: InstanceType<typeof AsyncEntry>) => Promise<T>): Promise<T> => {
    const late = new AbortController();
    try {
      const entry = new AsyncEntry('mcp-crafter', stateFolder, { linux: { store: 'secret-service' } });
      const silence = sleep(patience, undefined, { signal: late.signal }).then(() =>
        Promise.reject(new Error('it did not answer')),
      );
      return await Promise.race([work(entry), silence]);
    } catch (error) {
      throw unusable((error as Error).message, error);
    } finally {
      late.abort();
    }
  };
  return {
    get: async () => (await ask((entry) => entry.getPassword())) ?? undefined,
    set: (text) => ask((entry) => entry.setPassword(text)),
    remove: async () => void (await ask((entry) => entry.deletePassword())),
  };
}

function unusable(why: string, cause: unknown): CrafterError {
  return new CrafterError('MISSING_PREREQUISITE', `The system's keyring cannot be used: ${why.replace(/\.$/, '')}.`, {
    hint: 'Run it in a login session with an unlocked keyring (a Secret Service such as gnome-keyring or KWallet, found by DBUS_SESSION_BUS_ADDRESS); where there is none, keep the key in its file.',
    cause,
  });
}
