import { readFileSync } from 'node:fs';
import type { Running } from './generated.ts';

/** What a server costs before it does anything. */
export interface ServerFigures {
  readonly listMilliseconds: number;
  /** Proportional memory after the first listing, in megabytes. */
  readonly megabytes: number;
  /** Of the listing; a token is counted as four characters. */
  readonly listTokens: number;
  readonly tools: number;
}

export function serverFigures(running: Running): ServerFigures {
  const kilobytes = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${running.pid}/smaps_rollup`, 'utf8'))?.[1];
  return {
    listMilliseconds: running.listMilliseconds,
    megabytes: Number(kilobytes) / 1000,
    listTokens: Math.ceil(running.listCharacters / 4),
    tools: running.tools.length,
  };
}
