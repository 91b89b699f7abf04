import { invalidInput } from '../spec/index.ts';

const key = String.raw`["']?[\w$.-]+["']?[ \t]*:`;
/** A key at the margin that holds keys of its own. */
const nested = new RegExp(String.raw`^${key}[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*[ \t]+${key}(?:[ \t]|$)`, 'm');
/** Blank, a comment, a marker, indented, an item, or a key at the margin. */
const line = new RegExp(String.raw`^(?:\s|$|#|---|%|- |${key}(?:\s|$))`);

/** How much of a text is looked at: a document shows at once what it is. */
const looked = 20_000;

/**
 * Refuses YAML that is no API document, which nobody means as words. A list of headings, each with words behind it, is words.
 * @throws CrafterError INVALID_INPUT.
 */
export function refuseOtherDocument(text: string): void {
  const beginning = text.slice(0, looked).replaceAll('\r\n', '\n');
  if (!nested.test(beginning) || !beginning.split('\n').every((one) => line.test(one))) return;
  throw invalidInput('input', [
    {
      field: 'input',
      message: 'is a YAML document, but no API document: it has no `openapi` or `swagger` with a version at its top',
      remedy:
        'Give an OpenAPI or Swagger document, or a form or context as JSON. For plain words that look so: --prompt, or kind prompt.',
    },
  ]);
}
