import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { withStorage } from '../storage/testing.ts';
import { openSecrets } from './index.ts';
import { createMask } from '../util/index.ts';
import { seal, unseal } from './seal.ts';

const held = withStorage();
const open = () => openSecrets({ stateFolder: held.stateFolder, storage: held.storage });

const password = `p"ss/wörd $1+~'!`;

/** Ways in which programs write a value. */
function writings(value: string): Record<string, string> {
  const url = encodeURIComponent(value);
  const bytes = Buffer.from(value);
  const inner = (text: string): string => JSON.stringify(text).slice(1, -1);
  return {
    JSON: inner(value),
    'JSON in JSON in JSON': inner(inner(inner(value))),
    'JSON as it is printed for people': inspect({ body: inner(value) }).slice(9, -3),
    'JSON in ASCII': inner(value).replace('ö', '\\u00f6'),
    'JSON of PHP': inner(value).replace('ö', '\\u00f6').replace('/', '\\/'),
    'a URL': encodeURI(value),
    'a part of a URL': url,
    'a part of a URL, in small letters': url.replaceAll(/%../g, (byte) => byte.toLowerCase()),
    'a part of a URL by RFC 3986': url.replace("'", '%27').replace('!', '%21'),
    'a form': new URLSearchParams([['', value]]).toString().slice(1),
    'the URL of a form in small letters': new URLSearchParams([['', value]])
      .toString()
      .slice(1)
      .replaceAll(/%../g, (byte) => byte.toLowerCase()),
    hexadecimal: bytes.toString('hex'),
    'hexadecimal in capitals': bytes.toString('hex').toUpperCase(),
  };
}

describe('secrets', () => {
  it('[STORAGE-9] keeps values that come back after a restart and stand in no file', async () => {
    const value = 'plain-7f3a9c-"quoted"\n-umlaut-ä';
    await (await open()).set('crm', 'TOKEN', value);
    const again = await open();
    expect(await again.get('crm', 'TOKEN')).toBe(value);
    expect(await again.get('crm', 'OTHER')).toBeUndefined();
    expect(await again.names('crm')).toEqual(['TOKEN']);
    expect((await stat(join(held.stateFolder, 'key'))).mode & 0o777).toBe(0o600);
    const files = await readdir(held.stateFolder, { recursive: true, withFileTypes: true });
    expect(files.length).toBeGreaterThan(100);
    const found = await promisify(execFile)('grep', ['-rlF', 'plain-7f3a9c', held.stateFolder]).catch((error) => error);
    expect(found).toMatchObject({ code: 1, stdout: '' });
    await again.deleteAll('crm');
    expect(await again.get('crm', 'TOKEN')).toBeUndefined();
    expect(again.mask(value)).toBe('[secret TOKEN]');
  });

  it('[STORAGE-9] makes one key when several services start at once', async () => {
    const services = await Promise.all([open(), open(), open(), open()]);
    await services[0]?.set('crm', 'SHARED', 'shared-value');
    expect(await services[3]?.get('crm', 'SHARED')).toBe('shared-value');
  });

  it('[STORAGE-10] opens no value with another key, of another name, or that was changed', async () => {
    const key = Buffer.alloc(32, 1);
    const sealed = seal(key, 'crm\nTOKEN', 'value');
    expect(sealed).toMatch(/^v1\./);
    expect(unseal(key, 'crm\nTOKEN', sealed)).toBe('value');
    expect(unseal(key, 'crm\nOTHER', sealed)).toBeUndefined();
    expect(unseal(Buffer.alloc(32, 2), 'crm\nTOKEN', sealed)).toBeUndefined();
    expect(unseal(key, 'crm\nTOKEN', `${sealed.slice(0, -2)}AA`)).toBeUndefined();
    expect(unseal(key, 'crm\nTOKEN', 'nonsense')).toBeUndefined();
    expect(seal(key, 'crm\nTOKEN', 'value')).not.toBe(sealed);
    const secrets = await open();
    await secrets.set('crm', 'LOST', 'lost-value');
    const file = join(held.stateFolder, 'key');
    const before = await readFile(file, 'utf8');
    await writeFile(file, Buffer.alloc(32, 3).toString('base64'));
    await expect((await open()).get('crm', 'LOST')).rejects.toMatchObject({ code: 'MISSING_PREREQUISITE' });
    await writeFile(file, 'nonsense');
    await expect(open()).rejects.toMatchObject({ code: 'MISSING_PREREQUISITE' });
    await writeFile(file, before);
    expect(await (await open()).get('crm', 'LOST')).toBe('lost-value');
  });

  it('[STORAGE-11] masks known values and nothing else, the longest first, in one pass', () => {
    const mask = createMask();
    mask.add('PASSWORD', password);
    mask.add('LONG', `${password}-and-more`);
    mask.add('SHORT', 'abc');
    mask.add('WORD', 'secret');
    expect(mask.apply(`it is ${password}, not abc`)).toBe('it is [secret PASSWORD], not abc');
    expect(mask.apply(`${password}-and-more`)).toBe('[secret LONG]');
    expect(mask.apply(`secret ${password}`)).toBe('[secret WORD] [secret PASSWORD]');
    expect(mask.apply(password.slice(0, -1) + password)).toBe(`${password.slice(0, -1)}[secret PASSWORD]`);
    const other = JSON.stringify({ key: Buffer.from('p"ss/word$1, and other words').toString('base64') });
    expect(mask.apply(other)).toBe(other);
    expect(mask.apply(String.raw`\\a\"secret\"\b \secret\\`)).toBe(String.raw`\\a\"[secret WORD]\"\b \[secret WORD]\\`);
    mask.forget(password);
    expect(mask.apply(password)).toBe(password);
  });

  it.each(Object.entries(writings(password)))('[STORAGE-11] masks a value in %s', (_how, text) => {
    const mask = createMask();
    mask.add('PASSWORD', password);
    expect(mask.apply(`a ${text}, b`)).toBe('a [secret PASSWORD], b');
  });

  it.each(['pass', password, 'Zx8?>~ÿ', 'no marks of any kind'])(
    '[STORAGE-11] masks %s in base64, whatever stands before and after it',
    (value) => {
      const mask = createMask();
      mask.add('PASSWORD', value);
      for (const encoding of ['base64', 'base64url'] as const) {
        for (const before of ['', 'm:', 'me:', 'mee:', 'somebody@example.org:'])
          for (const after of ['', '\n', '\u0000\u0000', ' and more']) {
            const text = Buffer.from(before + value + after).toString(encoding);
            const [start, end] = mask.apply(text).split('[secret PASSWORD]');
            // Where it meets its neighbours, they decide a character together.
            expect([text, start?.length]).toEqual([text, Math.ceil((before.length * 4) / 3)]);
            expect(end?.replaceAll('=', '').length).toBeLessThanOrEqual(Math.ceil((after.length * 4) / 3) + 1);
          }
      }
    },
  );

  it('[STORAGE-11] masks each line of a value that has several', () => {
    const mask = createMask();
    mask.add('PEM', '-----BEGIN KEY-----\nMIIEvQIBADANBgkqh\r\nkiG9w0BAQEFAASCBK\n}\n');
    const shown = ['[secret PEM]', '[secret PEM]', '}'].join('\n');
    expect(mask.apply('MIIEvQIBADANBgkqh\nkiG9w0BAQEFAASCBK\n}')).toBe(shown);
  });
});
