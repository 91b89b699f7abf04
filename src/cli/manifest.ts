import { readFileSync } from 'node:fs';
import { assetUrl } from '../util/index.ts';

export interface FlagShape {
  /** Input field of the operation. */
  readonly field: string;
  /** Long flag without dashes. */
  readonly flag: string;
  readonly type: 'string' | 'number' | 'boolean' | 'list' | 'pairs';
  readonly description: string;
}

/** What the command line needs to know of one operation; made from the operations table by scripts/manifest.ts. */
export interface CommandManifest {
  readonly operation: string;
  readonly command: string;
  readonly summary: string;
  /** Input fields by position; a trailing `?` marks an optional one, `...` one that takes all that follow. */
  readonly positionals: readonly string[];
  readonly flags: readonly FlagShape[];
  /** Whether the operation reads a request: a document, a file, words. */
  readonly readsRequest: boolean;
}

/** Kept as data so that `--help` loads no schema library. */
export function readManifest(): readonly CommandManifest[] {
  return JSON.parse(readFileSync(assetUrl('cli/commands.json'), 'utf8')) as CommandManifest[];
}
