import type { Problem } from '../../errors.ts';

const api = String.raw`(?:\S+\s+){0,4}?(?:open\s?api|swagger)\b`;
const makes = new RegExp(
  String.raw`\b(?:server|tools?|mcp)\b[^.\n]{0,40}\b(?:from|out of|using|based on)\s+${api}`,
  'i',
);
const takes = new RegExp(
  String.raw`^\W*(?:use|wrap|import|take|load|turn|convert)\s+${api}[^\n]*\b(?:server|tools?|mcp)\b`,
  'i',
);
const place = /(?:https?:\/\/|\.{0,2}\/)?[\w./~:%?=&-]+\.(?:ya?ml|json)\b|https?:\/\/\S+/i;

/** A problem when words ask for a server from an API document: only the document itself says what the API can do. */
export function documentWanted(words: string): Problem[] {
  if (!makes.test(words) && !takes.test(words)) return [];
  const named = place.exec(words)?.[0] ?? 'FILE_OR_URL';
  return [
    {
      field: 'prompt',
      message: 'asks for a server from an OpenAPI document, but does not hold the document',
      remedy: `Give the document itself: mcp-crafter create ${named} (an agent: document or document_url).`,
    },
  ];
}
