import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withFetched } from './api-document.ts';
import { apiOptionsOf } from './api-fields.ts';

const documents: Readonly<Record<string, string>> = {
  '/openapi.yaml': 'openapi: 3.1.0\na: {$ref: parts/b.yaml}\nc: {$ref: gone.yaml}\nd: {$ref: "http://10.0.0.1/e.yaml"}',
  '/parts/b.yaml':
    'x: {$ref: ../openapi.yaml}\ny: {$ref: c.yaml}\nz: {$ref: /etc/passwd}\nf: {$ref: "file:///etc/passwd"}',
  '/parts/c.yaml': 'z: 1',
};
/** More than all documents together may have. */
const tooMuch = 32 * 1024 * 1024 + 1;
let web: Server;
let host: string;
const asked: string[] = [];
const work = { signal: new AbortController().signal };

beforeAll(async () => {
  web = createServer(({ url = '' }, response) => {
    asked.push(url);
    if (url === '/silent.yaml') return;
    if (url === '/huge.yaml') return void response.writeHead(200, { 'content-length': tooMuch }).flushHeaders();
    response.writeHead(url in documents ? 200 : 404).end(documents[url]);
  });
  web.listen(0, '127.0.0.1');
  await new Promise((resolve) => web.once('listening', resolve));
  host = `127.0.0.1:${(web.address() as AddressInfo).port}`;
});
afterAll(() => {
  web.closeAllConnections();
  web.close();
});

describe('documents at URLs', () => {
  it('[OPENAPI-READ-12] are fetched from hosts that the user named, alone unless told otherwise', async () => {
    const document_url = `http://${host}/openapi.yaml`;
    await expect(withFetched({ document_url }, work)).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    for (const named of [{ allow_hosts: [host] }, { base_url: `http://${host}/v1` }])
      expect(await withFetched({ document_url, ...named }, work)).toEqual({
        ...named,
        document_url: undefined,
        document: documents['/openapi.yaml'],
        document_path: document_url,
        kind: 'openapi',
      });
  });

  it('[OPENAPI-READ-12] bring those they refer to when that is allowed; one that cannot be had costs itself', async () => {
    const input = { document_url: `http://${host}/openapi.yaml`, allow_hosts: [host], allow_remote_refs: true };
    expect(await withFetched(input, work)).toMatchObject({
      document_files: {
        [`http://${host}/parts/b.yaml`]: documents['/parts/b.yaml'],
        [`http://${host}/parts/c.yaml`]: documents['/parts/c.yaml'],
      },
      document_missing: {
        [`http://${host}/gone.yaml`]: expect.stringContaining('answers 404'),
        'http://10.0.0.1/e.yaml': expect.stringContaining('--allow-host 10.0.0.1:80'),
      },
    });
    const given = {
      document: `$ref: http://${host}/parts/c.yaml`,
      document_path: '/srv/openapi.yaml',
      allow_hosts: [host],
      allow_remote_refs: true,
    };
    expect(await withFetched(given, work)).toMatchObject({
      document_files: { [`http://${host}/parts/c.yaml`]: documents['/parts/c.yaml'] },
    });
  });

  it('[OPENAPI-READ-12] stop at a time, a number and a size for all of them together', async () => {
    const files = async (references: readonly string[], milliseconds?: number): Promise<string[]> => {
      asked.length = 0;
      const document = references.map((name, index) => `a${index}: {$ref: "http://${host}/${name}"}`).join('\n');
      const input = { document, allow_hosts: [host], allow_remote_refs: true };
      const { document_files = {} } = (await withFetched(input, work, milliseconds)) as { document_files?: object };
      return Object.keys(document_files);
    };
    expect(await files(['silent.yaml', 'parts/c.yaml'], 2000)).toEqual([]);
    expect(asked).toEqual(['/silent.yaml']);
    expect(await files(Array.from({ length: 60 }, (_, index) => `parts/c.yaml?${index}`))).toEqual([]);
    expect(asked).toHaveLength(50);
    expect(await files(['parts/c.yaml', 'huge.yaml', 'parts/b.yaml'])).toEqual([`http://${host}/parts/c.yaml`]);
  });

  it('[OPENAPI-READ-12] are not given beside another request', async () => {
    await expect(withFetched({ document_url: 'https://a.example', prompt: 'Read CSV' }, work)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('[OPENAPI-READ-13] fields of an API', () => {
  it('become options, and nothing when none is given', () => {
    expect(apiOptionsOf({})).toBeUndefined();
    expect(apiOptionsOf({ max_tools: 5, base_url: 'https://a.example', tags: ['a'], read_only: true })).toEqual({
      budget: { tools: 5 },
      baseUrl: 'https://a.example',
      tags: ['a'],
      readOnly: true,
    });
  });
});
