import { createMask } from '#util/secret-mask.ts';

const secrets = createMask();

/** From now on `value` is replaced by `[secret NAME]` in everything that passes `mask`. */
export const hide = (name: string, value: string): void => secrets.add(name, value);

/** Secrets that are made anew all the time would pile up. */
export const forget = (value: string): void => secrets.forget(value);

/** The text without any known secret. */
export const mask = (text: string): string => secrets.apply(text);
