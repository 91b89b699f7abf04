import { randomBytes } from 'node:crypto';

/** Answers that were too large to be given whole, kept for a while in memory. */
export interface KeptAnswers {
  /** An id that nobody can guess, or undefined when the answer is too large to be kept. */
  keep(value: unknown, characters: number): string | undefined;
  get(id: string): unknown;
}

/** The one not used for longest goes first when there are too many, or too many characters. */
export function keepAnswers(maxCount = 50, maxCharacters = 64 * 1024 * 1024): KeptAnswers {
  const kept = new Map<string, { readonly value: unknown; readonly characters: number }>();
  let held = 0;

  function drop(id: string): void {
    held -= kept.get(id)?.characters ?? 0;
    kept.delete(id);
  }

  return {
    keep(value, characters) {
      if (characters > maxCharacters) return undefined;
      const id = randomBytes(12).toString('base64url');
      kept.set(id, { value, characters });
      held += characters;
      for (const oldest of kept.keys()) {
        if (kept.size <= maxCount && held <= maxCharacters) break;
        drop(oldest);
      }
      return id;
    },
    get(id) {
      const found = kept.get(id);
      if (found === undefined) return undefined;
      kept.delete(id);
      kept.set(id, found);
      return found.value;
    },
  };
}
