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
  if (!/[`*_#<>&[\]|~{\n\r\t\\]| {2}|:::/.test(markup)) return markup.trim();
  return (
    unwrapped(markup.replace(/\r\n?/g, '\n').replace(/```[\s\S]*?(?:```|$)/g, '\n'))
      .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
      // Marks of the tools that show documents: Markdoc and directives.
      .replace(/\{%[^%\n]{0,300}%\}|^[ \t]*:{3,}.*$/gm, '\n')
      .replace(/<(?:br|p|\/p|li|\/li|tr|div|\/div|h\d|\/h\d)\b[^>]{0,200}>/gi, '\n')
      .replace(/<\/?[a-z][^<>]{0,300}>/gi, '')
      .replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_all, name: string) => entities[name] ?? ' ')
      .replace(/!\[([^[\]\n]{0,200})\]\([^()\n]{0,500}\)/g, '')
      .replace(/\[([^[\]\n]{0,200})\]\((?:[^()\n]|\([^()\n]{0,100}\)){0,500}\)/g, '$1')
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
      .trim()
  );
}

/** Lines shorter than this were ended on purpose, whatever CommonMark makes of it. */
const wrappedWidth = 60;
const goesOn = /\b(?:an?|the|to|of|in|on|at|by|for|from|with|and|or|is|are|be|as|that|this|see|via)$/i;
const beginsBlock = /^(?:#|>|\||[-*+][ \t]|\d+[.)][ \t]|[-=*_]{3}|<)/;

/** Lines of one paragraph on one line, where a line end is there for its width alone. */
function unwrapped(text: string): string {
  let result = '';
  let last = '';
  for (const line of text.split('\n').map((each) => each.trim())) {
    const isOpen = last !== '' && !/[.!?:…]$/.test(last) && !/^[#|]/.test(last);
    const isWrapped = isOpen && (last.length >= wrappedWidth || goesOn.test(last));
    result += `${isWrapped && line !== '' && !beginsBlock.test(line) ? ' ' : '\n'}${line}`;
    last = line;
  }
  return result;
}
