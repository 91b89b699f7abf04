import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { onlyLoopback } from '../../test/support/only-loopback.ts';
import type { HostGrant } from '../spec/index.ts';
import { fetchText } from './index.ts';

onlyLoopback();
let web: Server;
let port: number;
let granted: HostGrant[];
const seen: { url: string; headers: object }[] = [];

beforeAll(async () => {
  web = createServer((request, response) => {
    const { url = '', headers } = request;
    seen.push({ url, headers });
    const [, word, rest = ''] = /^\/(\w+)\/?(.*)$/.exec(url) ?? [];
    if (word === 'to') return void response.writeHead(302, { location: decodeURIComponent(rest) }).end();
    if (word === 'loop') return void response.writeHead(301, { location: `/loop/${Number(rest) + 1}` }).end();
    if (word === 'large') return void response.writeHead(200, { 'content-length': 10 ** 9 }).write('x');
    if (word === 'endless') return void setInterval(() => response.write('x'.repeat(1000)), 1).unref();
    if (word === 'drip') return void setInterval(() => response.write('x'), 10).unref();
    if (word === 'gzip') return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    if (word === 'silent') return;
    response.writeHead(word === 'none' ? 404 : 200).end('openapi: 3.1.0');
  });
  web.listen(0, '127.0.0.1');
  await new Promise((resolve) => web.once('listening', resolve));
  port = (web.address() as AddressInfo).port;
  granted = [{ host: '127.0.0.1', port, private: true }];
});
afterAll(() => {
  web.closeAllConnections();
  web.close();
});

const at = (path: string): string => `http://127.0.0.1:${port}${path}`;
const fetched = (url: string, hosts = granted, signal?: AbortSignal): Promise<{ text: string; url: string }> =>
  fetchText(url, { hosts, maxBytes: 10_000, ...(signal === undefined ? {} : { signal }) });

describe('fetching for the user', () => {
  it('[OPENAPI-READ-12] answers with the text and where it came from, over redirects to granted hosts', async () => {
    expect(await fetched(at('/openapi.yaml?key=1'))).toEqual({
      text: 'openapi: 3.1.0',
      url: at('/openapi.yaml?key=1'),
    });
    expect(await fetched(at('/to/%2Fv1%2Fb.yaml'))).toEqual({ text: 'openapi: 3.1.0', url: at('/v1/b.yaml') });
    expect(JSON.stringify(seen)).not.toMatch(/authorization|cookie/i);
  });

  it.each([
    ['loopback', 'http://127.0.0.1:1/'],
    ['a private address', 'http://10.0.0.1/'],
    ['the metadata of a cloud', 'http://169.254.169.254/latest'],
    ['an IPv4 address in IPv6', 'http://[::ffff:127.0.0.1]/'],
    ['an address in octal', 'http://0177.0.0.1/'],
    ['a number', 'http://2130706433/'],
    ['a name of this machine', 'http://localhost/'],
  ])('[OPENAPI-READ-12] refuses %s that is not granted', async (_name, url) => {
    await expect(fetched(url)).rejects.toMatchObject({
      code: 'GRANT_REFUSED',
      hint: expect.stringMatching(url.includes('169.254') ? /never reached/ : /--allow-host/),
    });
  });

  it('[OPENAPI-READ-12] refuses link-local addresses even when granted', async () => {
    await expect(
      fetched('http://169.254.169.254/', [{ host: '169.254.169.254', port: 80, private: true }]),
    ).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
  });

  it.each([
    ['to a private address', `/to/${encodeURIComponent('http://127.0.0.1:1/')}`, 'GRANT_REFUSED'],
    ['to a file', `/to/${encodeURIComponent('file:///etc/passwd')}`, 'INVALID_INPUT'],
    ['without end', '/loop/0', 'INVALID_INPUT'],
  ])('[OPENAPI-READ-12] refuses a redirect %s', async (_name, path, code) => {
    const before = seen.length;
    await expect(fetched(at(path))).rejects.toMatchObject({ code });
    expect(seen.length - before).toBeLessThanOrEqual(6);
  });

  it.each([
    ['what says that it is too large', '/large', 'INPUT_TOO_LARGE'],
    ['what is too large', '/endless', 'INPUT_TOO_LARGE'],
    ['what is not there', '/none', 'INVALID_INPUT'],
    ['what is packed though it was not asked for', '/gzip', 'INVALID_INPUT'],
  ])('[OPENAPI-READ-12] refuses %s', async (_name, path, code) => {
    await expect(fetched(at(path))).rejects.toMatchObject({ code });
  });

  it('[OPENAPI-READ-12] refuses credentials in a URL without repeating them, keys in queries too', async () => {
    await expect(fetched('https://me:hidden@a.example/')).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.not.stringContaining('hidden'),
    });
    await expect(fetched('file:///etc/passwd')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(fetched(at('/none?key=hidden'))).rejects.toMatchObject({
      message: expect.not.stringContaining('hidden'),
    });
  });

  it('[OPENAPI-READ-12] ends when it is cancelled', async () => {
    const stop = new AbortController();
    const running = fetched(at('/silent'), granted, stop.signal);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('[OPENAPI-READ-12] ends when its time is over, though something comes all the while', async () => {
    await expect(fetchText(at('/drip'), { hosts: granted, maxBytes: 10_000, milliseconds: 200 })).rejects.toMatchObject(
      { code: 'TIMEOUT' },
    );
  });
});

describe('fetching over the proxy of the environment', () => {
  const environment = (values: Record<string, string>): void => {
    for (const name of ['http_proxy', 'HTTP_PROXY', 'no_proxy', 'NO_PROXY']) vi.stubEnv(name, values[name] ?? '');
  };
  afterEach(() => vi.unstubAllEnvs());

  it('[OPENAPI-READ-12] asks it for public names, which it looks up itself', async () => {
    environment({ HTTP_PROXY: at('') });
    const text = 'openapi: 3.1.0';
    expect(await fetched('http://docs.example/a.yaml', [])).toEqual({ text, url: 'http://docs.example/a.yaml' });
    expect(seen.at(-1)).toMatchObject({ url: 'http://docs.example/a.yaml', headers: { host: 'docs.example' } });
  });

  it('[OPENAPI-READ-12] does not ask it for what is private as it is written, nor for what NO_PROXY names', async () => {
    environment({ http_proxy: at(''), NO_PROXY: 'other.example, .inside.example' });
    const before = seen.length;
    for (const host of ['10.0.0.1', '169.254.169.254', '[::ffff:127.0.0.1]', 'localhost', 'router.local', 'intranet'])
      await expect(fetched(`http://${host}/`, [])).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    for (const host of ['other.example', 'a.inside.example'])
      await expect(fetched(`http://${host}/`, [])).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    expect(seen).toHaveLength(before);
    expect(await fetched(at('/granted.yaml'))).toMatchObject({ url: at('/granted.yaml') });
    expect(seen.at(-1)).toMatchObject({ url: '/granted.yaml' });
  });

  it('[OPENAPI-READ-12] judges what a redirect leads to in the same way', async () => {
    environment({ HTTP_PROXY: at('') });
    // The proxy answers for the host: with a redirect into the private network.
    const before = seen.length;
    web.prependOnceListener('request', (request) => (request.url = `/to/${encodeURIComponent('http://10.0.0.1/')}`));
    await expect(fetched('http://docs.example/moved', [])).rejects.toMatchObject({ code: 'GRANT_REFUSED' });
    expect(seen).toHaveLength(before + 1);
  });
});
