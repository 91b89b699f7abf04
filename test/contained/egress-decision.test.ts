import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judge } from '../../src/runner/destination.ts';
import { startEgressProxy } from '../../src/runner/index.ts';
import type { EgressProxy } from '../../src/runner/index.ts';
import type { HostGrant } from '../../src/spec/index.ts';
import { listenTo, lookupIn, sendRaw, statusOf, type Lookup } from '../support/egress.ts';

let folder: string;
let decoy: { port: number; close(): void };
let reached = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'decide-'));
  decoy = await listenTo((socket) => {
    reached += 1;
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
  });
});
afterAll(async () => {
  decoy.close();
  await rm(folder, { recursive: true, force: true });
});

async function through(
  hosts: readonly HostGrant[],
  lookup: Lookup | undefined,
  use: (proxy: EgressProxy) => Promise<void>,
): Promise<void> {
  const grants = { hosts: [...hosts], folders: [] };
  const proxy = await startEgressProxy({ grants, runFolder: folder, ...(lookup && { lookup }) });
  try {
    await use(proxy);
  } finally {
    await proxy.close();
  }
}

const ask = async (proxy: EgressProxy, host: string, port: number): Promise<number[]> => [
  statusOf(await sendRaw(proxy, `CONNECT ${host}:${port} HTTP/1.1\r\n\r\n`, /200/)),
  statusOf(await sendRaw(proxy, `GET http://${host}:${port}/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)),
];

/** What no grant opens, not even one for a private host. */
const closed = `169.254.169.254 169.254.1.1 100.100.100.200 192.0.0.192 0.0.0.0 224.0.0.1 255.255.255.255
  :: fe80::1 ff02::1 fd00:ec2::254 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe 64:ff9b::a9fe:a9fe 2002:a9fe:a9fe::1
  2001:0:4136:e378:8000:63bf:3fff:fdd2`.split(/\s+/);
/** What is open to a grant for a private host only. */
const own = ['127.0.0.1', '127.9.9.9', '10.0.0.1', '172.16.0.1', '192.168.1.1', '100.64.0.1', '::1', 'fc00::1'];
own.push('::ffff:127.0.0.1', '::ffff:7f00:1', '::ffff:10.0.0.1');

/** The decision alone: no address but loopback is ever tried, even where the decision were wrong. */
const decide = (host: string, addresses: readonly string[], byUser: boolean): ReturnType<typeof judge> =>
  judge([{ host, port: 80, private: byUser }], { host, port: 80 }, lookupIn({ [host]: addresses }));

describe('the way out, as it decides', () => {
  it.each(closed)('[EGRESS-1] never opens %s, whatever was granted', async (address) => {
    for (const host of ['name.test', address]) {
      expect(await decide(host, [address], true)).toHaveProperty('refused');
      expect(await decide(host, ['127.0.0.1', address], true)).toHaveProperty('refused');
    }
  });

  it.each(own)('[EGRESS-1] opens %s by no name of the public', async (address) => {
    expect(await decide('name.test', [address], true)).toMatchObject({ address });
    expect(await decide('name.test', [address], false)).toHaveProperty('refused');
    expect(await decide('name.test', ['8.8.8.8', address], false)).toHaveProperty('refused');
  });

  it('[EGRESS-1] refuses before it connects', async () => {
    await through(
      [{ host: 'name.test', port: decoy.port, private: false }],
      lookupIn({ 'name.test': ['127.0.0.1'] }),
      async (proxy) => {
        expect(await ask(proxy, 'name.test', decoy.port)).toEqual([403, 403]);
        expect(proxy.traffic()).toMatchObject({ requests: 0, refused: 2, bytesSent: 0, bytesReceived: 0 });
        expect(reached).toBe(0);
      },
    );
  });

  it.each([
    '2130706433',
    '0x7f000001',
    '017700000001',
    '127.1',
    '0x7f.1',
    '0177.0.0.1',
    '127.0.0.1.',
    '[::ffff:127.0.0.1]',
  ])('[EGRESS-1] reads %s as the address that it is', async (host) => {
    const named = host.replace(/^\[|\]$/g, '').replace(/\.$/, '');
    await through([{ host: 'api.example.com', port: decoy.port, private: false }], undefined, async (proxy) => {
      expect(await ask(proxy, host, decoy.port)).toEqual([403, 403]);
    });
    // The system's own lookup understands these forms: the address that comes out of it is judged.
    await through([{ host: named, port: decoy.port, private: false }], undefined, async (proxy) => {
      expect(await ask(proxy, host, decoy.port)).toEqual([403, 403]);
    });
  });

  it('[EGRESS-1] refuses other ports, deeper names and names that only look granted', async () => {
    const hosts = ['api.test', '*.wild.test'].map((host) => ({ host, port: decoy.port, private: true }));
    const lookup: Lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    await through(hosts, lookup, async (proxy) => {
      const names = ['api.test.evil.test', 'xapi.test', 'evil.test', 'wild.test', 'a.b.wild.test', 'awild.test'];
      for (const name of names) expect([name, ...(await ask(proxy, name, decoy.port))]).toEqual([name, 403, 403]);
      expect(await ask(proxy, 'api.test', decoy.port === 1 ? 2 : 1)).toEqual([403, 403]);
      expect(reached).toBe(0);
      expect(await ask(proxy, 'API.test.', decoy.port)).toEqual([200, 200]);
      expect(await ask(proxy, 'a.wild.test', decoy.port)).toEqual([200, 200]);
    });
  });

  it('[EGRESS-2] looks a name up once for a connection, and judges it anew for the next', async () => {
    const asked: string[] = [];
    const lookup: Lookup = async (host) => {
      asked.push(host);
      // 0.0.0.0 is refused, and would be this machine.
      return [{ address: asked.length % 2 === 1 ? '127.0.0.1' : '0.0.0.0', family: 4 }];
    };
    await through([{ host: 'turn.test', port: decoy.port, private: true }], lookup, async (proxy) => {
      const before = reached;
      for (const status of [200, 403, 200, 403]) {
        const line = `GET http://turn.test:${decoy.port}/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;
        expect(statusOf(await sendRaw(proxy, line))).toBe(status);
      }
      expect(asked).toHaveLength(4);
      expect(reached - before).toBe(2);
    });
  });
});
