import { expect, it } from 'vitest';
import { mayConnect } from './addresses.ts';
import { judge, parseAuthority } from './destination.ts';

it.each(['1.1.1.1', '93.184.216.34', '2606:4700::1111', '::ffff:1.1.1.1'])('[SANDBOX-11] %s is public', (address) => {
  expect(mayConnect(address, false)).toBe(true);
});

it.each([
  '127.0.0.1',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '::1',
  'fd12::1',
  '::ffff:127.0.0.1',
  '::ffff:10.0.0.1',
])('[SANDBOX-11] %s is private: refused unless the grant says so', (address) => {
  expect(mayConnect(address, false)).toBe(false);
  expect(mayConnect(address, true)).toBe(true);
});

it.each([
  '169.254.169.254',
  '::ffff:169.254.169.254',
  'fe80::1',
  '0.0.0.0',
  '::',
  '255.255.255.255',
  '224.0.0.1',
  'ff02::1',
  'fd00:ec2::254',
  '100.100.100.200',
  '64:ff9b::7f00:1',
  '2002:7f00:1::',
  '2001::1',
  'no address',
])('[SANDBOX-11] %s is refused always', (address) => expect(mayConnect(address, true)).toBe(false));

const grant = (host: string, port = 443, isPrivate = false) => ({ host, port, private: isPrivate });

it('[SANDBOX-11] grants hold for a host and a port, a star for one label', async () => {
  const refused = { refused: 'this host and port are not granted' };
  const grants = [grant('api.example.com'), grant('*.example.org')];
  for (const host of [
    'example.com',
    'x.api.example.com',
    'api.example.com.evil.test',
    'example.org',
    'a.b.example.org',
    'evilexample.org',
  ]) {
    expect(await judge(grants, { host, port: 443 })).toEqual(refused);
  }
  expect(await judge(grants, { host: 'api.example.com', port: 80 })).toEqual(refused);
  expect(await judge([grant('LOCALHOST.', 80, true)], { host: 'localhost', port: 80 })).toMatchObject({
    address: expect.any(String),
  });
});

it.each(['localhost', '127.0.0.1', '2130706433', '0x7f000001', '0177.0.0.1', '::1', '::ffff:127.0.0.1'])(
  '[SANDBOX-11] %s leads to loopback, however it is written',
  async (host) => {
    expect(await judge([grant(host, 80)], { host, port: 80 })).toHaveProperty('refused');
  },
);

it('reads what CONNECT names', () => {
  expect(parseAuthority('Example.COM.:443')).toEqual({ host: 'example.com', port: 443 });
  expect(parseAuthority('[::1]:80')).toEqual({ host: '::1', port: 80 });
  for (const bad of ['', 'example.com', 'example.com:0', 'example.com:70000', 'a b:1', 'http://x:1/', 'user@host:1'])
    expect(parseAuthority(bad)).toBeUndefined();
});
