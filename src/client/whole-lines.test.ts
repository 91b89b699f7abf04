import { describe, expect, it } from 'vitest';
import { wholeLines } from './whole-lines.ts';

describe('lines of a stream', () => {
  it('[CLIENT-3] are handed on when they end, and without an end when they are too long', () => {
    const taken: string[] = [];
    const give = wholeLines(10, (bytes) => taken.push(bytes.toString()));
    for (const chunk of ['{"a"', ':1}', '\n{"b', '":2}', '\n', '0123456', '789012']) give(Buffer.from(chunk));
    expect(taken).toEqual(['{"a":1}\n{"b', '":2}\n', '0123456789012']);
  });
});
