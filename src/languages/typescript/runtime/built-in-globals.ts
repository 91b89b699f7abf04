const words = (...lines: readonly string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ')));

/** Hold the state of the process, which packages change as it runs. */
const open = words('globalThis global process console');

/** Node's own among the globals that can be enumerated, as those of packages can. */
const enumerable = words(
  'fetch structuredClone atob btoa queueMicrotask crypto navigator performance',
  'setTimeout setInterval setImmediate clearTimeout clearInterval clearImmediate',
);

/** What Node loads at its first use, in several times the time that all else here takes. */
const late = words(
  'FormData Headers Request Response MessageEvent CloseEvent EventSource WebSocket crypto Crypto CryptoKey SubtleCrypto',
  'ReadableStream ReadableStreamDefaultReader ReadableStreamBYOBReader ReadableStreamBYOBRequest WritableStream',
  'ReadableByteStreamController ReadableStreamDefaultController WritableStreamDefaultController TransformStream',
  'WritableStreamDefaultWriter TransformStreamDefaultController ByteLengthQueuingStrategy CountQueuingStrategy',
  'TextEncoderStream TextDecoderStream CompressionStream DecompressionStream BroadcastChannel MessageChannel MessagePort',
  'Performance PerformanceEntry PerformanceMark PerformanceMeasure PerformanceObserver PerformanceObserverEntryList',
  'PerformanceResourceTiming performance Navigator navigator File',
);

/**
 * Names of the globals of language and platform. Those that are loaded late are among them where `fetch` is loaded, as
 * by serving over HTTP: that needs most of them.
 */
export function builtInGlobals(): string[] {
  const loaded = Reflect.get(process, 'moduleLoadList') as readonly string[];
  const fetchIsLoaded = loaded.includes('NativeModule internal/deps/undici/undici');
  const shown = new Set(Object.keys(globalThis));
  return Object.getOwnPropertyNames(globalThis).filter(
    (name) =>
      !open.has(name) &&
      (fetchIsLoaded || !late.has(name)) &&
      (shown.has(name) ? enumerable.has(name) : isFunctionOrNamespace(Reflect.get(globalThis, name))),
  );
}

/** A package that hides its own state in a global tags it as neither. */
function isFunctionOrNamespace(value: unknown): boolean {
  return typeof value === 'function' || (typeof value === 'object' && value !== null && Symbol.toStringTag in value);
}
