import type { ApiFile, ApiOperation } from './api-file.ts';
import { openSearch, type Search } from './api-search.ts';
import { ToolError } from './errors.ts';

/** The operations that can be found and called by name, listed ones among them. */
export interface Operations {
  readonly all: readonly ApiOperation[];
  /** By name, or by operationId or `METHOD /path`. @throws ToolError with the names that come near. */
  find(name: string): ApiOperation;
  /** The index is built on the first search. */
  readonly search: Search;
}

export function openOperations({ tools, catalogue = [] }: ApiFile): Operations {
  const listed = tools.filter((tool): tool is ApiOperation => tool.implementation.kind === 'http');
  const all = [...catalogue, ...listed];
  const byName = new Map(all.map((operation) => [operation.name, operation]));
  let search: Search | undefined;
  const searchAll: Search = (...query) => (search ??= openSearch(all))(...query);
  return {
    all,
    search: searchAll,
    find(name) {
      const found = byName.get(name) ?? all.find(({ implementation }) => isCalled(implementation, name));
      if (found !== undefined) return found;
      const near = searchAll(name, () => true, 3);
      throw new ToolError(
        `There is no operation ${JSON.stringify(name.slice(0, 100))}.`,
        near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'Find its name with search_operations.',
      );
    },
  };
}

function isCalled({ operationId, method, path }: ApiOperation['implementation'], name: string): boolean {
  return name === operationId || name.toLowerCase() === `${method} ${path}`.toLowerCase();
}
