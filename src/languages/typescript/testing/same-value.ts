/**
 * Whether what was read back from a request is what was given. On the wire all is text, so numbers and booleans count
 * as the text they are written as, and an object within a list may stand as JSON.
 */
export function sameValue(given: unknown, read: unknown): boolean {
  if (given === null || given === undefined)
    return read === undefined || read === null || read === '' || read === 'null';
  if (typeof given !== 'object') return typeof read !== 'object' && String(read) === String(given);
  if (typeof read === 'string') return isJsonOf(given, read);
  if (Array.isArray(given)) return sameItems(given, Array.isArray(read) ? read : read === undefined ? [] : [read]);
  // What holds nothing has no form in a query.
  if (typeof read !== 'object' || read === null)
    return Object.values(given).every((value) => sameValue(value, undefined));
  const names = new Set([...Object.keys(given), ...Object.keys(read)]);
  return [...names].every((name) =>
    sameValue(Reflect.get(given, name), Object.hasOwn(read, name) ? Reflect.get(read, name) : undefined),
  );
}

/** An empty list may stand as one empty text. */
function sameItems(given: readonly unknown[], read: readonly unknown[]): boolean {
  if (given.length === 0) return read.every((item) => item === '');
  return given.length === read.length && given.every((item, index) => sameValue(item, read[index]));
}

function isJsonOf(given: object, text: string): boolean {
  if (text === '') return Object.keys(given).length === 0;
  try {
    return sameValue(given, JSON.parse(text));
  } catch {
    return false;
  }
}

/** Equal as JSON: for bodies, where types are kept. */
export function equalJson(given: unknown, read: unknown): boolean {
  if (given === read) return true;
  if (typeof given !== 'object' || typeof read !== 'object' || given === null || read === null) return false;
  if (Array.isArray(given) !== Array.isArray(read)) return false;
  const names = Object.keys(given);
  return (
    names.length === Object.keys(read).length &&
    names.every((name) => Object.hasOwn(read, name) && equalJson(Reflect.get(given, name), Reflect.get(read, name)))
  );
}
