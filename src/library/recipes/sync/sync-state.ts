import { appendFile, rm } from 'node:fs/promises';
import { ToolError } from '#runtime/errors.ts';
import type { DatasetContext } from '#shared/dataset.ts';
import type { Agreed } from './sync-compare.ts';

/** What the two sides last agreed on, by key; survives being stopped in the middle. */
export interface SyncState {
  readonly agreed: Map<string, Agreed>;
  /** Writes one change at once, so that a stopped run goes on from there. */
  note(key: string, agreed: Agreed | undefined): Promise<void>;
  /** Folds the notes into the state file. */
  save(): Promise<void>;
}

/** Opens `sync/<name>.state.json` and takes in the notes that a stopped run left beside it. */
export async function openState(context: DatasetContext, name: string): Promise<SyncState> {
  const file = `sync/${name}.state.json`;
  const journal = `sync/${name}.journal.jsonl`;
  const agreed = new Map<string, Agreed>(parse<[string, Agreed][]>(await read(context, file), name) ?? []);
  for (const line of ((await read(context, journal)) ?? '').split('\n')) {
    const entry = parseNote(line);
    if (entry === undefined) continue;
    if (entry.agreed === undefined) agreed.delete(entry.key);
    else agreed.set(entry.key, entry.agreed);
  }
  return {
    agreed,
    async note(key, value) {
      if (value === undefined) agreed.delete(key);
      else agreed.set(key, value);
      await appendFile(await context.folders.toWrite(journal), `${JSON.stringify({ key, agreed: value })}\n`);
    },
    async save() {
      await context.folders.writeText(file, JSON.stringify([...agreed]));
      await rm(await context.folders.toWrite(journal), { force: true });
    },
  };
}

async function read(context: DatasetContext, path: string): Promise<string | undefined> {
  const found = await context.folders.toRead(path).catch(() => undefined);
  return found === undefined ? undefined : context.folders.readText(path, 200_000_000);
}

function parse<T>(text: string | undefined, name: string): T | undefined {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ToolError(
      `The state of the sync “${name}” cannot be read.`,
      `Delete sync/${name}.state.json; the next run then compares both sides anew.`,
    );
  }
}

/** A line that was cut off when the process died counts as not written. */
function parseNote(line: string): { key: string; agreed?: Agreed } | undefined {
  try {
    return line === '' ? undefined : (JSON.parse(line) as { key: string; agreed?: Agreed });
  } catch {
    return undefined;
  }
}
