import email from 'validator/lib/isEmail.js';

/** Whether a text is an e-mail address that can receive mail from the public internet. */
export function isEmailAddress(text: string): boolean {
  return text.length <= 320 && email.default(text, { allow_utf8_local_part: true });
}

/** Trimmed and in lower case, without the name and brackets of `Ana <ana@example.com>` and without `mailto:`. */
export function normaliseEmail(text: string): string {
  const trimmed = text.trim();
  const address = /<([^<>]+)>$/.exec(trimmed)?.[1] ?? trimmed.replace(/^mailto:/i, '');
  return address.trim().toLowerCase();
}
