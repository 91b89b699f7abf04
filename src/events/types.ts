import type { ProgressEvent } from '../spec/index.ts';

/** In-process publish and subscribe for progress; what must last is in the build record. */
export interface Events {
  publish(topic: string, event: ProgressEvent): void;
  /** Events of a topic from now on, until the signal ends. */
  subscribe(topic: string, signal: AbortSignal): AsyncIterable<ProgressEvent>;
}
