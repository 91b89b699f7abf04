/**
 * Parts of a variable's name that mean its value is a secret (published in the README).
 * `API_KEY`, `dbPassword` and `GITHUB_TOKEN` are secrets by them; `MONKEY` and `KEYBOARD` are not: parts count, not letters.
 */
export const secretNameParts: readonly string[] = [
  'key',
  'keys',
  'apikey',
  'token',
  'tokens',
  'secret',
  'secrets',
  'password',
  'passwd',
  'passphrase',
  'passcode',
  'pwd',
  'pass',
  'pin',
  'credential',
  'credentials',
  'creds',
  'auth',
  'private',
  'cert',
  'certificate',
  'dsn',
  'jwt',
  'bearer',
  'cookie',
  'salt',
  'signature',
];

/** Whether a variable holds a secret: by its name, or because its value is a URL with a password in it. */
export function isSecret(name: string, value = ''): boolean {
  const parts = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return (
    parts.some((part) => secretNameParts.includes(part)) ||
    /(?:api|access|secret|private)key$|password|passwd|secret|token$/.test(parts.join('')) ||
    /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i.test(value) ||
    /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value)
  );
}

/** Text that documents show where a value belongs: it says that a value is wanted, it is none. */
export function isPlaceholder(value: string): boolean {
  return (
    value.trim() === '' ||
    /^(your|my|the|insert|enter|put|add)[-_ ].*|^<.*>$|^\$?\{.*\}$|^(x{3,}|\*{3,}|\.{3}|change[-_ ]?me|todo|tbd|replace[-_ ]?me|placeholder|example)$/i.test(
      value.trim(),
    )
  );
}
