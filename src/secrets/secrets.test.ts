import { execFile } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { withStorage } from '../storage/testing.ts';
import { openSecrets } from './index.ts';
import { createMask } from '../util/index.ts';
import { seal, unseal } from './seal.ts';

const held = withStorage();
const open = () => openSecrets({ stateFolder: held.stateFolder, storage: held.storage });

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

  it('[STORAGE-11] masks known values in text, JSON, URLs and base64, and nothing else', () => {
    const mask = createMask();
    mask.add('PASSWORD', 'p"ss/wörd$1');
    mask.add('LONG', 'p"ss/wörd$1-and-more');
    mask.add('SHORT', 'abc');
    mask.add('WORD', 'secret');
    expect(mask.apply('it is p"ss/wörd$1, not abc')).toBe('it is [secret PASSWORD], not abc');
    expect(mask.apply(JSON.stringify({ key: 'p"ss/wörd$1' }))).toBe('{"key":"[secret PASSWORD]"}');
    expect(mask.apply(`?q=${encodeURIComponent('p"ss/wörd$1')}`)).toBe('?q=[secret PASSWORD]');
    expect(mask.apply(Buffer.from('p"ss/wörd$1').toString('base64'))).toContain('[secret PASSWORD]');
    expect(mask.apply('p"ss/wörd$1-and-more')).toBe('[secret LONG]');
    expect(mask.apply('secret p"ss/wörd$1')).toBe('[secret WORD] [secret PASSWORD]');
  });
});
