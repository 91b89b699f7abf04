import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../spec/index.ts';
import { createEvents } from './index.ts';

const event = (message: string): ProgressEvent => ({
  stage: 'plan',
  fraction: 0,
  message,
  at: '2026-01-01T00:00:00.000Z',
});

async function messages(events: AsyncIterable<ProgressEvent>): Promise<string[]> {
  const read: string[] = [];
  for await (const { message } of events) read.push(message);
  return read;
}

describe('events', () => {
  it('[JOBS-8] reach every subscriber of their topic from then on, until its signal ends', async () => {
    const events = createEvents();
    const [one, two] = [new AbortController(), new AbortController()];
    events.publish('build-1', event('too early'));
    const first = events.subscribe('build-1', one.signal);
    const second = events.subscribe('build-1', two.signal);
    events.publish('build-1', event('a'));
    events.publish('build-2', event('elsewhere'));
    const reading = messages(first);
    queueMicrotask(() => {
      events.publish('build-1', event('b'));
      one.abort();
      events.publish('build-1', event('c'));
      two.abort();
    });
    expect(await reading).toEqual(['a', 'b']);
    expect(await messages(second)).toEqual(['a', 'b', 'c']);
    expect(await messages(events.subscribe('build-1', two.signal))).toEqual([]);
  });

  it('[JOBS-8] are kept for a slow reader up to a bound, the newest', async () => {
    const events = createEvents();
    const end = new AbortController();
    const slow = events.subscribe('topic', end.signal);
    for (let index = 0; index < 10_000; index++) events.publish('topic', event(String(index)));
    end.abort();
    const read = await messages(slow);
    expect(read).toHaveLength(256);
    expect(read.at(-1)).toBe('9999');
  });

  it('[JOBS-8] are no longer kept for a reader that has left', async () => {
    const events = createEvents();
    const { signal } = new AbortController();
    events.publish('topic', event('none'));
    const reading = events.subscribe('topic', signal);
    events.publish('topic', event('first'));
    for await (const { message } of reading) {
      expect(message).toBe('first');
      break;
    }
    const late = ((kept) => {
      events.publish('topic', kept);
      return new WeakRef(kept);
    })(event('second'));
    await sleep(1);
    setFlagsFromString('--expose-gc');
    (runInNewContext('gc') as () => void)();
    expect(late.deref()).toBeUndefined();
    expect(await messages(reading)).toEqual([]);
  });
});
