const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
};

/** Markdown (CommonMark, which OpenAPI's descriptions are in) and HTML as plain words. Paragraphs stay apart by a line end. */
export function plainWords(markup: string): string {
  if (!/[`*_#<>&[\]|~\n\r\t\\]| {2}/.test(markup)) return markup.trim();
  return markup
    .replace(/\r\n?/g, '\n')
    .replace(/```[\s\S]*?(?:```|$)/g, '\n')
    .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
    .replace(/<(?:br|p|\/p|li|\/li|tr|div|\/div|h\d|\/h\d)\b[^>]{0,200}>/gi, '\n')
    .replace(/<\/?[a-z][^<>]{0,300}>/gi, '')
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_all, name: string) => entities[name] ?? ' ')
    .replace(/!\[([^[\]\n]{0,200})\]\([^()\n]{0,500}\)/g, '')
    .replace(/\[([^[\]\n]{1,200})\]\([^()\n]{0,500}\)/g, '$1')
    .replace(/\[([^[\]\n]{1,200})\]\[[^[\]\n]{0,200}\]/g, '$1')
    .replace(/^[ \t]*(?:#{1,6}[ \t].*|[-=*_]{3,}|\|.*\|)[ \t]*$/gm, '')
    .replace(/^[ \t]*(?:>|[-*+][ \t]|\d+[.)][ \t])[ \t]*/gm, '')
    .replace(/(\*\*|__)(?=\S)([^\n]{0,300}?\S)\1/g, '$2')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]{0,300}?\S)\*(?![\w*])/g, '$1')
    .replace(/(?<!\w)_(?=\S)([^_\n]{0,300}?\S)_(?!\w)/g, '$1')
    .replace(/`+([^`\n]{0,300})`+/g, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!<>|-])/g, '$1')
    .replace(/,[ \t]*\n+[ \t]*/g, ', ')
    .replace(/\n(?=[a-z(])/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n[ \n]*/g, '\n')
    .trim();
}
