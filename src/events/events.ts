import type { ProgressEvent } from '../spec/index.ts';
import type { Events } from './types.ts';

/** A subscriber that reads too slowly loses the oldest of more than this many events. */
const longestQueue = 256;

type Push = (event: ProgressEvent) => void;

export function createEvents(): Events {
  const topics = new Map<string, Set<Push>>();
  return {
    publish(topic, event) {
      for (const push of topics.get(topic) ?? []) push(event);
    },
    subscribe(topic, signal) {
      const { push, iterable } = createQueue(signal, () => {
        const subscribers = topics.get(topic);
        subscribers?.delete(push);
        if (subscribers?.size === 0) topics.delete(topic);
      });
      if (!signal.aborted) topics.set(topic, (topics.get(topic) ?? new Set()).add(push));
      return iterable;
    },
  };
}

/** One reader's queue; what is in it when the signal ends is still handed out. */
function createQueue(signal: AbortSignal, leave: () => void): { push: Push; iterable: AsyncIterable<ProgressEvent> } {
  const queue: ProgressEvent[] = [];
  let wake = (): void => {};
  const end = (): void => {
    leave();
    wake();
  };
  signal.addEventListener('abort', end, { once: true });
  async function* read(): AsyncGenerator<ProgressEvent> {
    try {
      for (;;) {
        const event = queue.shift();
        if (event) yield event;
        else if (signal.aborted) return;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      signal.removeEventListener('abort', end);
      leave();
    }
  }
  const push: Push = (event) => {
    queue.push(event);
    if (queue.length > longestQueue) queue.shift();
    wake();
  };
  return { push, iterable: read() };
}
