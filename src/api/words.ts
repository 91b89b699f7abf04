import { parseArgs } from 'node:util';
import { CrafterError } from '../errors.ts';
import { readAddress, type HttpAddress } from './http-address.ts';

export const usage = `Usage: mcp-crafter serve [--stop | --http [HOST:]PORT | --unsafe-no-sandbox]

Runs the service in the foreground until SIGTERM or Ctrl-C. Commands start it on demand.
  --stop                End the running service and every server it runs.
  --http [HOST:]PORT    Answer over HTTP too: on loopback, unless a HOST is named; to requests with a token.
  --unsafe-no-sandbox   Where there is no sandbox, run generated code without one. It can then do whatever you can.
`;

export interface Words {
  readonly help: boolean;
  readonly stop: boolean;
  readonly unsafe: boolean;
  readonly http?: HttpAddress;
}

/** @throws CrafterError INVALID_INPUT. */
export function readWords(words: readonly string[]): Words {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        help: { type: 'boolean', short: 'h', default: false },
        stop: { type: 'boolean', default: false },
        http: { type: 'string' },
        'unsafe-no-sandbox': { type: 'boolean', default: false },
      },
    });
    const { help, stop, http, 'unsafe-no-sandbox': unsafe } = values;
    if (stop && (http !== undefined || unsafe)) throw new TypeError('--stop stands alone');
    return { help, stop, unsafe, ...(http === undefined ? {} : { http: readAddress(http) }) };
  } catch (error) {
    if (error instanceof CrafterError) throw error;
    throw new CrafterError('INVALID_INPUT', `These words are not understood: ${words.join(' ')}`, {
      hint: usage.split('\n')[0] ?? '',
    });
  }
}
