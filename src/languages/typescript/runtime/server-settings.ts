import { readFileSync } from 'node:fs';
import type { Variable } from './environment.ts';
import type { FetchLimits } from './limited-fetch.ts';
import type { ServerDefinition } from './mcp-server.ts';

/** What `settings.json` holds: all that differs between servers of the same code, beside their API. */
export interface Settings extends Pick<ServerDefinition, 'name' | 'title' | 'version' | 'description' | 'limits'> {
  readonly environment: readonly Variable[];
  readonly network: FetchLimits;
}

/** Reads a file of data that lies beside the code. */
export function readData<T>(file: URL): T {
  return JSON.parse(readFileSync(file, 'utf8')) as T;
}
