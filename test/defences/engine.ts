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
];
