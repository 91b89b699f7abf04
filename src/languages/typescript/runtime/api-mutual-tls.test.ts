import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createProxy } from 'node:http';
import { createServer, type Server } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { makeCertificates } from '../../../../test/support/certificates.ts';
import { limitFetch } from './limited-fetch.ts';
import { sendRequest } from './send-request.ts';
import { proofOf } from './api-scheme.ts';

let folder: string;
let server: Server;

describe('mutual TLS', () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'api-tls-'));
    makeCertificates(folder);
    const [cert, key, ca] = ['server.pem', 'server.key', 'ca.pem'].map((name) => readFileSync(join(folder, name)));
    server = createServer({ cert, key, ca, requestCert: true, rejectUnauthorized: false }, (request, response) => {
      const { authorized } = request.socket as TLSSocket;
      response.end(authorized ? ((request.socket as TLSSocket).getPeerCertificate().subject.CN as string) : 'nobody');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterAll(() => {
    server.close().closeAllConnections();
    rmSync(folder, { recursive: true });
  });

  it('[OPENAPI-CALL-7] proves itself with the certificate whose files the environment names, and only then', async () => {
    const environment: Record<string, string> = { CERT: join(folder, 'client.pem'), KEY: join(folder, 'client.key') };
    const context = { secret: (name: string) => environment[name] ?? '' } as unknown as Parameters<typeof proofOf>[2];
    const scheme = { type: 'mutualTLS', certificate: 'CERT', key: 'KEY' } as const;
    const { certificate } = await proofOf(scheme, () => expect.unreachable(), context);
    const ca = readFileSync(join(folder, 'ca.pem'), 'utf8');
    const url = new URL(`https://localhost:${(server.address() as AddressInfo).port}/`);
    const ask = async (given: object) => {
      const { signal } = new AbortController();
      const response = await sendRequest({
        url,
        method: 'GET',
        headers: new Headers(),
        signal,
        ownNetwork: true,
        ...given,
      });
      return response.text();
    };
    expect(await ask({ certificate: { ...certificate!, ca } })).toBe('client');
    await expect(ask({ certificate })).rejects.toThrow(/certificate/);
    environment['KEY'] = join(folder, 'none');
    await expect(proofOf(scheme, () => expect.unreachable(), context)).rejects.toThrow(
      'KEY names cannot be read: ENOENT',
    );
  });

  it('[OPENAPI-CALL-21] says how a private authority is named, and does not try again', async () => {
    const at = `localhost:${(server.address() as AddressInfo).port}`;
    let tries = 0;
    const count = (): number => ++tries;
    server.on('connection', count);
    const { signal } = new AbortController();
    await expect(limitFetch({ hosts: [at] })(signal)(`https://${at}/`)).rejects.toMatchObject({
      nextStep: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
    expect(tries).toBe(1);
  });

  it('[OPENAPI-CALL-7] proves itself through the tunnel of a proxy, which sees none of it', async () => {
    const seen: string[] = [];
    const proxy = createProxy();
    proxy.on('connect', ({ url = '', rawHeaders }, inside, head) => {
      seen.push(url, ...rawHeaders);
      const outside = connect(Number(url.split(':')[1]), '127.0.0.1', () => {
        inside.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        outside.write(head);
        inside.pipe(outside).pipe(inside);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('NODE_USE_ENV_PROXY', '1');
    for (const name of ['https_proxy', 'HTTPS_PROXY'])
      vi.stubEnv(name, `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
    for (const name of ['no_proxy', 'NO_PROXY']) vi.stubEnv(name, '');
    const [cert, key, ca] = ['client.pem', 'client.key', 'ca.pem'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    ) as [string, string, string];
    const { port } = server.address() as AddressInfo;
    const response = await sendRequest({
      url: new URL(`https://localhost:${port}/`),
      method: 'GET',
      headers: new Headers({ 'x-key': 'decoy-word' }),
      signal: new AbortController().signal,
      ownNetwork: false,
      certificate: { cert, key, ca } as { cert: string; key: string },
    });
    expect(await response.text()).toBe('client');
    expect(seen[0]).toBe(`localhost:${port}`);
    expect(seen.join()).not.toContain('decoy-word');
    vi.unstubAllEnvs();
    proxy.close();
  });
});
