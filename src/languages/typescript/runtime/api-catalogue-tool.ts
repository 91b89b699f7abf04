import type { CatalogueInput } from './api-catalogue.ts';
import type { RunKind } from './api-tools.ts';

/** Runs the tools that find, describe and call operations; the catalogue opens with the first call. */
export const catalogueTool: RunKind = (calls) => {
  let opening: ReturnType<typeof open> | undefined;
  const open = async () => (await import('./api-catalogue.ts')).openCatalogue(calls);
  return ({ implementation }) => {
    if (implementation.kind !== 'catalogue') throw new TypeError(`no tool of a catalogue: ${implementation.kind}`);
    const { part } = implementation;
    return async (args, context) => (await (opening ??= open()))(part, args as CatalogueInput, context);
  };
};
