const hidden = new Map<string, string>();

/** From now on `value` is replaced by `[secret NAME]` in everything that passes `mask`. */
export function hide(name: string, value: string): void {
  // Shorter values would blank out ordinary words.
  if (value.length >= 4) for (const form of formsOf(value)) hidden.set(form, `[secret ${name}]`);
}

/** Secrets that are made anew all the time would pile up. */
export function forget(value: string): void {
  for (const form of formsOf(value)) hidden.delete(form);
}

/** As it is, and as it stands in an address that is echoed, in a form, or in JSON. */
function formsOf(value: string): Set<string> {
  const escaped = encodeURIComponent(value.toWellFormed());
  const strict = escaped.replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  const form = new URLSearchParams([['', value]]).toString().slice(1);
  return new Set([value, escaped, strict, form, JSON.stringify(value).slice(1, -1)]);
}

/** The text without any known secret. */
export function mask(text: string): string {
  let masked = text;
  for (const [value, label] of hidden) masked = masked.replaceAll(value, label);
  return masked;
}
