import ipaddr from 'ipaddr.js';

/** Ranges a grant may open with `private: true`; the rest (link-local, multicast, tunnels, …) never opens. */
const privateRanges = new Set(['private', 'loopback', 'uniqueLocal', 'carrierGradeNat', 'reserved', 'benchmarking']);

/** Addresses where clouds hand out credentials and which are not link-local (AWS over IPv6, Alibaba, Oracle). */
const metadataAddresses = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192']);

/**
 * Whether a server may connect to an address. IPv6 forms of IPv4 addresses are judged as the IPv4 address; those of
 * translation and tunnelling (NAT64, 6to4, Teredo) are refused, for they lead to any address.
 */
export function mayConnect(address: string, allowPrivate: boolean): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  if (metadataAddresses.has(parsed.toString())) return false;
  const range = parsed.range();
  return range === 'unicast' || (allowPrivate && privateRanges.has(range));
}
