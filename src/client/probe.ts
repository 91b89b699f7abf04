import type { ProtocolLook } from '../spec/index.ts';
import { cut } from '../util/index.ts';
import { openChannel } from './channel.ts';
import type { Channel, Reply } from './channel.ts';
import { probeLegacy } from './probe-2025-11-25.ts';
import { probeModern } from './probe-2026-07-28.ts';
import type { EraProbe, Probe } from './probe-kit.ts';
import type { Endpoint, Era } from './types.ts';

export interface ProbeOptions {
  /** For each request; default 10 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Speaks one era to a server in raw messages and tells what came back. Over stdio it takes over the streams:
 * give each probe a freshly started server. Never throws for what a server does.
 */
export async function probeEra(endpoint: Endpoint, era: Era, options: ProbeOptions = {}): Promise<EraProbe> {
  const channel = openChannel(endpoint);
  const looks: ProtocolLook[] = [];
  const probe: Probe = {
    http: endpoint.kind === 'http',
    looks,
    send: (message, headers) => boundedSend(channel, message, headers, options),
    look(name, passed, message, remedy) {
      looks.push({
        case: name,
        passed,
        severity: 'error',
        message,
        ...(passed || remedy === undefined ? {} : { remedy }),
      });
      return passed;
    },
  };
  try {
    const found = await (era === '2025-11-25' ? probeLegacy(probe) : probeModern(probe));
    if (endpoint.kind === 'stdio') {
      const [line] = channel.noise;
      probe.look(
        'stdout',
        line === undefined,
        line === undefined
          ? 'Standard output carries nothing but the protocol.'
          : `Standard output carries something else: ${cut(line, 120)}`,
        'Write logs to standard error.',
      );
    }
    return { looks, ...found };
  } finally {
    channel.close();
  }
}

async function boundedSend(
  channel: Channel,
  message: object,
  headers: Readonly<Record<string, string>> = {},
  options: ProbeOptions,
): Promise<Reply | string> {
  const limit = AbortSignal.timeout(options.timeoutMs ?? 10_000);
  const signal = options.signal === undefined ? limit : AbortSignal.any([limit, options.signal]);
  try {
    return await channel.send(message, { headers, signal });
  } catch (error) {
    options.signal?.throwIfAborted();
    return limit.aborted ? 'there was no answer in time' : error instanceof Error ? error.message : String(error);
  }
}
