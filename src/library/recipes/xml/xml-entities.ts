import { ToolError } from '#runtime/errors.ts';

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Decodes the five entities of XML and character numbers; a document that declares its own is refused. */
export const xmlEntities = {
  decode: (text: string): string =>
    text.includes('&')
      ? text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (whole, decimal, hex, name) => {
          if (name) return named[String(name).toLowerCase()] ?? whole;
          const code = decimal ? Number(decimal) : Number.parseInt(String(hex), 16);
          return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        })
      : text,
  addInputEntities(entities: Record<string, string>): void {
    if (Object.keys(entities).length > 0) throw declared();
  },
  setExternalEntities(): void {},
  reset(): void {},
  setXmlVersion(): void {},
};

function declared(): ToolError {
  return new ToolError(
    'The document declares entities of its own, which are not expanded here for safety.',
    'Save it without the DOCTYPE declaration.',
  );
}
