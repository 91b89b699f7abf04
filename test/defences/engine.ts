import { without } from './sandbox-edits.ts';
import type { Defence } from './define.ts';

export const defences: readonly Defence[] = [
  without(
    'A server that runs and is silent is ended',
    [{ file: 'src/operate/post.ts', from: '++missed < silences', to: '++missed < Infinity' }],
    'src/operate/fleet.test.ts',
    ['ENGINE-9'],
    ['ends a server that runs and is silent'],
  ),
  without(
    'A server that computes for as long as a call of it may take is left to it',
    [{ file: 'src/operate/post.ts', from: 'performance.now() - silentSince < bearable', to: 'bearable < 0' }],
    'src/operate/fleet.test.ts',
    ['ENGINE-9'],
    ['leaves a server that is silent no longer'],
  ),
  without(
    'A server at a port is asked for as long as is said',
    [{ file: 'src/operate/health.ts', from: 'endpointOf(instance), milliseconds', to: 'endpointOf(instance), 100 * milliseconds' }],
    'src/operate/health.test.ts',
    ['ENGINE-9'],
  ),
];
