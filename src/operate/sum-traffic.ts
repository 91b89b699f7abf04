import type { Traffic } from '../spec/index.ts';

/** What two instances of a server exchanged; undefined when neither has a way out. */
export function sumTraffic(one: Traffic | undefined, other: Traffic | undefined): Traffic | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  const hosts = { ...one.hosts };
  for (const [host, count] of Object.entries(other.hosts)) hosts[host] = (hosts[host] ?? 0) + count;
  return {
    requests: one.requests + other.requests,
    refused: one.refused + other.refused,
    bytesSent: one.bytesSent + other.bytesSent,
    bytesReceived: one.bytesReceived + other.bytesReceived,
    hosts,
  };
}
