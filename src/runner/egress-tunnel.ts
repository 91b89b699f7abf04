import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream';
import { parseAuthority } from './destination.ts';
import type { Gate } from './egress.ts';

const CONNECT_MS = 30_000;
export async function tunnel(gate: Gate, request: IncomingMessage, inside: Duplex, head: Buffer): Promise<void> {
  inside.on('error', () => inside.destroy());
  const destination = parseAuthority(request.url ?? '');
  if (destination === undefined) return refuseTunnel(inside, 400, 'not a host and port');
  const verdict = await gate.open(destination);
  if ('refused' in verdict) return refuseTunnel(inside, 403, verdict.refused);
  const outside = connect({ host: verdict.address, port: destination.port, timeout: CONNECT_MS });
  gate.follow(outside);
  outside.once('connect', () => {
    outside.setTimeout(0);
    inside.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    outside.write(head);
    pipeline(inside, outside, () => {});
    pipeline(outside, inside, () => {});
  });
  outside.once('timeout', () => outside.destroy(new Error('timeout')));
  outside.on('error', () =>
    outside.connecting || outside.bytesRead === 0
      ? refuseTunnel(inside, 502, 'the host did not answer')
      : inside.destroy(),
  );
  inside.on('close', () => outside.destroy());
}

function refuseTunnel(inside: Duplex, status: number, reason: string): void {
  inside.end(`HTTP/1.1 ${status} ${reason}\r\ncontent-type: text/plain\r\nconnection: close\r\n\r\n${reason}\n`);
}
