import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { saidWhat } from './api-refusal.ts';
import { readReply, type Reply } from './api-reply.ts';
import { limitFetch } from './limited-fetch.ts';
import { forget, hide, mask } from './mask.ts';

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<{ host: string; server: Server }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, host: `127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function ask(listener: RequestListener, init: RequestInit = {}): Promise<Reply> {
  const { host } = await serve(listener);
  const fetch = limitFetch({ hosts: [host], retries: 0 })(AbortSignal.timeout(4000));
  return readReply(await fetch(`http://${host}/`, init));
}

const answering =
  (headers: Record<string, string>, body: string | Buffer): RequestListener =>
  (_request, response) =>
    void response.writeHead(200, headers).end(body);

describe('[OPENAPI-CALL-11] an answer that means harm', () => {
  it('is read no further than the limit, and its connection is closed', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    const { host, server } = await serve(answering({ 'content-encoding': 'gzip' }, bomb));
    const closed = new Promise((resolve) => server.once('connection', (socket) => socket.once('close', resolve)));
    const fetch = limitFetch({ hosts: [host], retries: 0 })(AbortSignal.timeout(4000));
    await expect(fetch(`http://${host}/`).then(readReply)).rejects.toThrow('larger than 32 MB');
    await closed;
    const endless: RequestListener = (_request, response) => {
      const more = (): void =>
        void (response.destroyed || response.write(Buffer.alloc(1_000_000), () => setImmediate(more)));
      more();
    };
    await expect(ask(endless)).rejects.toThrow('larger than 32 MB');
  });

  it('is not decoded a thousand times over', async () => {
    const encodings = Array.from({ length: 1000 }, () => 'gzip').join(',');
    await expect(ask(answering({ 'content-encoding': encodings }, 'x'))).rejects.toThrow('encoded 1000 times over');
  });

  it('breaks off, or is not what it says, with words that say so', async () => {
    await expect(ask(answering({ 'content-encoding': 'gzip' }, 'plain'))).rejects.toThrow('not encoded as it says');
    const short: RequestListener = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000000000' }).write('{', () => response.destroy());
    };
    await expect(ask(short)).rejects.toThrow('broke off');
  });

  it('is text where it nests deeper than anybody could write it again', async () => {
    for (const body of ['['.repeat(10_000) + ']'.repeat(10_000), '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000)]) {
      const reply = await ask(answering({ 'content-type': 'application/json' }, body));
      expect(reply.data).toBeUndefined();
      expect(reply.text).toBe(body);
    }
  });

  it('sets no prototype, expands no entity and may be no UTF-8', async () => {
    const reply = await ask(answering({ 'content-type': 'application/json' }, '{"__proto__":{"decoy":1}}'));
    expect((reply.data as { decoy?: number }).decoy).toBeUndefined();
    const xml = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>';
    expect((await ask(answering({ 'content-type': 'application/xml' }, xml))).text).toBe(xml);
    const bytes = Buffer.from([0x7b, 0xff, 0x7d]);
    expect((await ask(answering({ 'content-type': 'application/json' }, bytes))).text).toBe('{\uFFFD}');
  });
});

it('[OPENAPI-CALL-4] headers of the connection are nobody’s to set', async () => {
  let seen: Record<string, unknown> = {};
  const listener: RequestListener = (request, response) => {
    seen = request.headers;
    response.end();
  };
  const given = {
    'transfer-encoding': 'chunked',
    'content-length': '3',
    connection: 'upgrade',
    upgrade: 'x',
    'x-mine': '1',
  };
  await ask(listener, { method: 'POST', body: '{}', headers: { ...given, host: 'evil.example' } });
  expect(seen).toMatchObject({ 'content-length': '2', 'x-mine': '1', host: expect.stringContaining('127.0.0.1') });
  expect([seen['transfer-encoding'], seen['upgrade']]).toEqual([undefined, undefined]);
});

it('[OPENAPI-CALL-7] [SECRETS-1] a credential is masked however an answer echoes it', () => {
  const secret = `decoy+/key="a b'!`;
  hide('THE_KEY', secret);
  const echoes = [
    secret,
    encodeURIComponent(secret),
    new URLSearchParams({ k: secret }).toString(),
    JSON.stringify({ url: secret }),
    `?k=${encodeURIComponent(secret).replaceAll("'", '%27').replaceAll('!', '%21')}`,
    ...['m:', 'me:', 'mee:'].map((user) => `Basic ${Buffer.from(user + secret).toString('base64')}`),
    Buffer.from(secret).toString('hex'),
  ];
  for (const echo of echoes) expect(mask(echo)).toMatch(/^[^d]*\[secret THE_KEY\].{0,4}$/);
  const spaced = 'decoy one  two\tthree';
  hide('SPACED', spaced);
  const reply = { data: { message: `bad key: ${spaced}!` } } as Parameters<typeof saidWhat>[0];
  expect(saidWhat(reply)).toBe('bad key: [secret SPACED]!');
  forget(spaced);
  forget(secret);
  expect(mask(echoes.join(' '))).toBe(echoes.join(' '));
});
