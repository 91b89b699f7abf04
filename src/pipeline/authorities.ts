import { invalidInput } from '../spec/index.ts';
import type { Blueprint, EnvironmentVariable } from '../spec/index.ts';

/**
 * Names the file of further certificate authorities, which Node reads when it starts. Any server may be given it; few
 * need it, so it is declared by being set.
 */
export const authorities: EnvironmentVariable = {
  name: 'NODE_EXTRA_CA_CERTS',
  description: 'Path of a PEM file of further certificate authorities, in a folder that is granted.',
  required: false,
  secret: false,
};

/** @throws CrafterError INVALID_INPUT when the server could not read the file: Node would go on without a word to the user. */
export function refuseHiddenAuthorities({ environment, grants }: Pick<Blueprint, 'environment' | 'grants'>): void {
  const path = environment.find(({ name }) => name === authorities.name)?.value;
  if (path === undefined) return;
  const below = grants.folders.some((folder) => path.startsWith(`${folder.path.replace(/\/$/, '')}/`));
  if (below && !path.split('/').includes('..')) return;
  throw invalidInput('input', [
    {
      field: `environment.${authorities.name}`,
      value: path,
      message: 'is in no folder that the server is granted',
      remedy: 'Give the whole path of a PEM file, and its folder with --folder.',
    },
  ]);
}
