import { CrafterError } from '../errors.ts';
import { prepareStateFolder, type Storage } from '../storage/index.ts';
import { loadKey } from './key.ts';
import { createMask } from '../util/index.ts';
import { seal, unseal } from './seal.ts';
import type { Secrets } from './types.ts';

/**
 * Opens the secrets of a state folder. `mask` knows all values that were readable at that time and every one
 * that went through here since.
 * @throws MISSING_PREREQUISITE when the key cannot be had; `get` also, for a value sealed with another key.
 */
export async function openSecrets(config: {
  readonly stateFolder: string;
  readonly storage: Storage;
}): Promise<Secrets> {
  const stored = config.storage.secrets;
  const key = await loadKey(await prepareStateFolder(config.stateFolder));
  const mask = createMask();
  const open = (server: string, name: string, sealed: string): string | undefined => {
    const value = unseal(key, ownerOf(server, name), sealed);
    if (value !== undefined) mask.add(name, value);
    return value;
  };
  for (const { server, name, sealed } of await stored.list()) open(server, name, sealed);
  return {
    async set(server, name, value) {
      mask.add(name, value);
      await stored.put(server, name, seal(key, ownerOf(server, name), value));
    },
    async get(server, name) {
      const sealed = await stored.get(server, name);
      if (sealed === undefined) return undefined;
      const value = open(server, name, sealed);
      if (value !== undefined) return value;
      throw new CrafterError('MISSING_PREREQUISITE', `The secret ${name} of ${server} was sealed with another key.`, {
        hint: `Put back the key of the state folder that it was set with, or set the secret again.`,
      });
    },
    names: (server) => stored.names(server),
    deleteAll: (server) => stored.deleteAll(server),
    mask: (text) => mask.apply(text),
  };
}

const ownerOf = (server: string, name: string): string => `${server}\n${name}`;
