import { appendFile, rename, stat } from 'node:fs/promises';
import type { FolderContext } from '#runtime/context.ts';

export const callLogPath = 'logs/api-calls.jsonl';
const largest = 5_000_000;

/** One call to another system. No header, body, query value or credential is ever in it. */
export interface CallRecord {
  readonly method: string;
  /** Path without the query. */
  readonly path: string;
  /** Absent when no answer came. */
  readonly status?: number;
  readonly ms: number;
  /** How often it was sent until this answer came, retries included; 0 when it was not. */
  readonly attempts: number;
  readonly error?: string;
  readonly dryRun?: boolean;
}

/** Adds a line to the workspace's call log; at 5 MB the log becomes `api-calls.1.jsonl` and starts anew. */
export async function logCall(context: FolderContext, record: CallRecord): Promise<void> {
  const path = await context.folders.toWrite(callLogPath);
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > largest) await rename(path, path.replace(/\.jsonl$/, '.1.jsonl'));
  await appendFile(path, `${JSON.stringify({ time: new Date().toISOString(), ...record })}\n`);
}
