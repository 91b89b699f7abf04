import { describe, expect, it } from 'vitest';
import { exposureOf, readAddress } from './http-address.ts';

describe('[SERVICE-4] the address of `serve --http`', () => {
  it.each([
    ['8080', '127.0.0.1', 8080],
    ['0', '127.0.0.1', 0],
    ['localhost:8080', 'localhost', 8080],
    ['my.host.example:65535', 'my.host.example', 65_535],
    ['0.0.0.0:8080', '0.0.0.0', 8080],
    ['[::1]:8080', '::1', 8080],
  ])('%s is read', (word, host, port) => {
    expect(readAddress(word)).toEqual({ host, port });
  });

  it.each(['', ':8080', '65536', '-1', '80a', '::1:8080', '[::1', '[abc]:80', '*:80', 'http://localhost:80', 'a b:80'])(
    '%j is refused',
    (word) => {
      expect(() => readAddress(word)).toThrow(/no address/);
    },
  );

  it('is warned of where other machines reach it', () => {
    for (const host of ['0.0.0.0', '::', '192.168.1.2', '::ffff:10.0.0.1', '2001:db8::1', '128.0.0.1'])
      expect(exposureOf({ host, port: 80 })).toContain('Other machines');
    for (const host of ['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])
      expect(exposureOf({ host, port: 80 })).toBe('');
  });
});
