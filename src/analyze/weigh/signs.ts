/** Signs of something with their values, by name. */
export type Signs = Map<string, number>;

/** Keeps the higher value. */
export function mark(signs: Signs, name: string, value = 1): void {
  const before = signs.get(name);
  if (before === undefined || value > before) signs.set(name, value);
}

const prefixed = new Map<string, Map<string, string>>();

/** `in: first named`: one sign that is weighed apart for each kind. Names are made once, as making them costs more than weighing. */
export function signFor(kind: string, sign: string): string {
  let own = prefixed.get(kind);
  if (own === undefined) prefixed.set(kind, (own = new Map()));
  let name = own.get(sign);
  if (name === undefined) own.set(sign, (name = `${kind}: ${sign}`));
  return name;
}
