import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';

const sampleBytes = 256 * 1024;

export async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

export async function* decode(file: string, encoding: string, signal: AbortSignal): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const bytes of createReadStream(file, { signal, highWaterMark: 256 * 1024 })) {
    const text = decoder.decode(bytes as Uint8Array, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}

export async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sampleBytes), 0, sampleBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
