import { plain } from './plain.ts';

/** Blanks and what nobody sees, such as a joiner of no width. */
const unseen = /^[^\p{L}\p{N}\p{P}\p{S}]+/u;

/**
 * A line that a server wrote to its log, as it is shown, so that it cannot pass for a record of mcp-crafter's: of records,
 * only those have a source. One that has one too, or that looks like a record and is none, is kept within one that says so.
 */
export function asServers(line: string): string {
  const words = plain(line);
  if (!words.replace(unseen, '').startsWith('{') || isSound(words)) return words;
  return JSON.stringify({ time: new Date().toISOString(), level: 'warn', source: 'server', message: words });
}

function isSound(words: string): boolean {
  try {
    return !Object.hasOwn(JSON.parse(words) as object, 'source');
  } catch {
    return false;
  }
}
