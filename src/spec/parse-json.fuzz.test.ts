import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CrafterError } from '../errors.ts';
import { parseJson } from './parse-json.ts';

it('any JSON without `__proto__` comes back as it is, any other text is refused in words', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.json().map((text) => text.slice(1)),
      ),
      (text) => {
        try {
          expect(JSON.stringify(parseJson(text))).toBe(JSON.stringify(JSON.parse(text)));
        } catch (error) {
          expect(error).toBeInstanceOf(CrafterError);
          expect(error).toMatchObject({ code: 'INVALID_INPUT' });
        }
      },
    ),
  );
});
