import { isIP } from 'node:net';
import { CrafterError } from '../errors.ts';

export interface HttpAddress {
  /** A name or an address, without brackets. */
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
}

/** Reads `[HOST:]PORT`; an IPv6 address stands in brackets. @throws CrafterError INVALID_INPUT. */
export function readAddress(word: string): HttpAddress {
  const [, named = '', bracketed = '', digits = ''] = /^(?:([\w.-]+):|\[([\d.:a-f]+)\]:)?(\d{1,5})$/i.exec(word) ?? [];
  const port = Number(digits);
  const sound = digits !== '' && port <= 65_535 && (bracketed === '' || isIP(bracketed) === 6);
  if (sound) return { host: named || bracketed || '127.0.0.1', port };
  throw new CrafterError('INVALID_INPUT', `\`${word}\` is no address to listen at.`, {
    hint: 'Say a port, or a host and a port: mcp-crafter serve --http 8080, or --http my.host:8080.',
  });
}

/** What there is to say of an address that other machines can reach; empty for one of this machine alone. */
export function exposureOf(address: HttpAddress): string {
  if (address.host === '::1' || /^(::ffff:)?127\./.test(address.host)) return '';
  return `⚠ Other machines can reach it at ${authority(address)}, and what is sent is not encrypted.\n`;
}

/** As it stands in a URL. */
export const authority = ({ host, port }: HttpAddress): string => `${host.includes(':') ? `[${host}]` : host}:${port}`;
