const hidden = new Map<string, string>();

/** From now on `value` is replaced by `[secret NAME]` in everything that passes `mask`. */
export function hide(name: string, value: string): void {
  // Shorter values would blank out ordinary words.
  if (value.length >= 4) hidden.set(value, `[secret ${name}]`);
}

/** Secrets that are made anew all the time would pile up. */
export function forget(value: string): void {
  hidden.delete(value);
}

/** The text without any known secret. */
export function mask(text: string): string {
  let masked = text;
  for (const [value, label] of hidden) masked = masked.replaceAll(value, label);
  return masked;
}
