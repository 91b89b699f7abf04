/** Puts back what was changed; false where that cannot be done any more. */
export type PutBack = () => boolean;

/**
 * For objects that cannot be frozen: remembers what they have now, to put it back later. Values that a property holds
 * are not looked into.
 */
export function keep(objects: readonly object[]): PutBack {
  const all = objects.map(keepOne);
  return () => all.every((putBack) => putBack());
}

function keepOne(object: object): PutBack {
  const keys = Reflect.ownKeys(object);
  const properties = keys.map((key) => Object.getOwnPropertyDescriptor(object, key)!);
  const parent = Object.getPrototypeOf(object);
  const isSame = (key: string | symbol, index: number): boolean => {
    const { value, get, set } = properties[index]!;
    const now = Object.getOwnPropertyDescriptor(object, key);
    return now !== undefined && now.value === value && now.get === get && now.set === set;
  };
  return () => {
    const now = Reflect.ownKeys(object);
    const added = now.length > keys.length ? now.filter((key) => !keys.includes(key)) : [];
    return (
      added.every((key) => Reflect.deleteProperty(object, key)) &&
      keys.every((key, index) => isSame(key, index) || Reflect.defineProperty(object, key, properties[index]!)) &&
      Reflect.setPrototypeOf(object, parent)
    );
  };
}
