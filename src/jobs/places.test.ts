import { describe, expect, it } from 'vitest';
import { placesOn, thisMachine } from './places.ts';

const places = (cores: number, megabytes: number): number => placesOn({ cores, memoryBytes: megabytes * 2 ** 20 });

describe('places for builds', () => {
  it('[JOBS-10] are as many as cores, as far as there is memory', () => {
    expect([places(1, 8192), places(2, 8192), places(4, 8192)]).toEqual([2, 2, 4]);
    expect(places(16, 2048)).toBe(5);
    expect(places(16, 1024)).toBe(1);
    expect(places(64, 262_144)).toBe(5);
    expect(places(16, 256)).toBe(1);
  });

  it('[JOBS-10] count a limit of the control group as the memory of the machine', () => {
    const { constrainedMemory } = process;
    const whole = thisMachine();
    try {
      process.constrainedMemory = () => 2 ** 30;
      expect(thisMachine()).toEqual({ ...whole, memoryBytes: 2 ** 30 });
      // No limit is told as a number larger than any memory, or as nothing.
      for (const none of [2 ** 64, 0]) {
        process.constrainedMemory = () => none;
        expect(thisMachine()).toEqual(whole);
      }
    } finally {
      process.constrainedMemory = constrainedMemory;
    }
  });
});
