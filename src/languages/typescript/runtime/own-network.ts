import { BlockList, isIP } from 'node:net';

/** Addresses that are no public hosts: RFC 6890 and its successors, with those of cloud metadata services. */
const reserved = new BlockList();
for (const [address, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  reserved.addSubnet(address, bits, 'ipv4');
for (const [address, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  reserved.addSubnet(address, bits, 'ipv6');

/** Whether an address is private, link-local, loopback or otherwise not public; IPv4 mapped into IPv6 is looked through. */
export function isReserved(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').split('%')[0]!;
  const family = isIP(bare);
  return family !== 0 && reserved.check(bare, family === 4 ? 'ipv4' : 'ipv6');
}

/** Whether a host name or address stands for this machine or one's own network. */
export function isOwnNetwork(host: string): boolean {
  if (isIP(host.replace(/^\[|\]$/g, '')) !== 0) return isReserved(host);
  return !host.includes('.') || /\.(?:localhost|local|internal|home\.arpa)$/i.test(host);
}
