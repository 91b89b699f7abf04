import { fileURLToPath, pathToFileURL } from 'node:url';

/** A `$ref` with its value in JSON or YAML: in quotes of either kind, or plain to the end of the line or of a flow mapping. */
const written = /(["']?)\$ref\1[ \t]*:\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([^\s"'{}[\],#&*!|>][^\s{},]*))/g;

/**
 * References of a JSON or YAML text to other documents, without fragment, each once, as they are written. Found without
 * parsing, so one inside an example or a description is among them too.
 */
export function externalReferences(text: string): string[] {
  const found = new Set<string>();
  for (const [, , double, single, bare] of text.matchAll(written)) {
    const reference = (double === undefined ? (single ?? bare ?? '') : unescaped(double)).split('#')[0] ?? '';
    if (reference !== '') found.add(reference);
  }
  return [...found];
}

function unescaped(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

/**
 * Where a reference leads from a document: an absolute path when that is a file, else a URL, without fragment.
 * `base` is an absolute path or a URL. Undefined when it leads nowhere that can be told.
 */
export function resolveReference(reference: string, base: string | undefined): string | undefined {
  const from = base === undefined ? undefined : base.startsWith('/') ? pathToFileURL(base).href : base;
  const url = URL.parse(reference, from);
  if (url === null) return undefined;
  url.hash = '';
  if (url.protocol !== 'file:') return url.href;
  try {
    return url.host === '' && url.search === '' ? fileURLToPath(url) : undefined;
  } catch {
    return undefined;
  }
}
