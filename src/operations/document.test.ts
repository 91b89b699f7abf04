import { expect, it } from 'vitest';
import { readRequest } from '../sources/index.ts';
import { documentOf, wishOf } from './document.ts';

const document = JSON.stringify({
  openapi: '3.1.0',
  info: { title: 'Parts', version: '1' },
  servers: [{ url: 'http://10.0.0.1:8080' }],
  paths: { '/parts': { get: { operationId: 'listParts' } } },
});

it('[OPENAPI-COMPILE-11] a private host that is granted beside a document is not asked for', async () => {
  const asked = async (allow_hosts: string[]): Promise<string> => {
    const { text, options } = documentOf({ document }, await wishOf({ allow_hosts }))!;
    return readRequest(text, options).request.notes.join();
  };
  expect(await asked([])).toContain('--allow-host 10.0.0.1:8080');
  expect(await asked(['10.0.0.1:8080'])).not.toContain('10.0.0.1');
});

it.each(['169.254.169.254:80', '[fd00:ec2::254]', '[fe80::1]:8080', '[::ffff:169.254.169.254]:80'])(
  '[OPENAPI-COMPILE-11] %s is never granted',
  async (host) => {
    await expect(wishOf({ allow_hosts: [host] })).rejects.toMatchObject({
      problems: [{ field: 'allow_hosts[0]', message: expect.stringContaining('no server reaches') }],
    });
  },
);
