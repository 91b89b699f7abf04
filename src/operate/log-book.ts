import { EventEmitter, once } from 'node:events';
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogBook } from './types.ts';

/** A log is moved to `NAME.log.1` at this size, so that a server's logs hold twice this at most. */
const maxBytes = 5 * 1024 * 1024;
const maxLine = 64 * 1024;
/** Read from the end of a log for its newest lines. */
const readBytes = 1024 * 1024;

interface Book {
  readonly descriptor: number;
  bytes: number;
}

/** @param mask takes secret values out of a line. */
export function openLogBook(folder: string, mask: (text: string) => string): LogBook {
  mkdirSync(folder, { recursive: true });
  const lines = new EventEmitter().setMaxListeners(0);
  const books = new Map<string, Book>();
  const path = (name: string): string => join(folder, `${name}.log`);
  const write = (name: string, line: string): void => {
    const book = books.get(name) ?? openBook(path(name));
    books.set(name, book);
    // At once: what is still in this process's memory is lost when it is killed.
    writeSync(book.descriptor, `${line}\n`);
    book.bytes += line.length + 1;
    if (book.bytes <= maxBytes) return;
    books.delete(name);
    closeSync(book.descriptor);
    renameSync(path(name), `${path(name)}.1`);
  };
  const append = (name: string, raw: string): void => {
    const line = mask(raw.slice(0, maxLine));
    try {
      write(name, line);
    } catch {
      // A full disk, or as many open files as there may be, must not end the service: the line is lost, followers still see it.
    }
    lines.emit(topicOf(name), line);
  };
  const shut = (name: string): void => {
    const book = books.get(name);
    books.delete(name);
    if (book !== undefined) closeSync(book.descriptor);
  };
  return {
    path,
    append,
    read: (name, count) => readTail(path(name), count),
    async follow(name, signal, onLine) {
      lines.on(topicOf(name), onLine);
      if (!signal.aborted) await once(signal, 'abort');
      lines.off(topicOf(name), onLine);
    },
    async remove(name) {
      shut(name);
      await Promise.all([rm(path(name), { force: true }), rm(`${path(name)}.1`, { force: true })]);
    },
    forget(name, which) {
      shut(name);
      for (const file of [path(name), `${path(name)}.1`]) keepLines(file, (line) => !which(line));
    },
  };
}

/** An emitter throws for an event named `error` that nobody listens to, and servers have any name. */
const topicOf = (name: string): string => `lines of ${name}`;

/** In one go: nothing else of this process writes meanwhile. */
function keepLines(file: string, kept: (line: string) => boolean): void {
  if (!existsSync(file)) return;
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const left = lines.filter(kept);
  if (left.length === lines.length) return;
  if (left.length === 0) return rmSync(file);
  writeFileSync(`${file}.new`, `${left.join('\n')}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function openBook(file: string): Book {
  const descriptor = openSync(file, 'a', 0o600);
  return { descriptor, bytes: fstatSync(descriptor).size };
}

async function readTail(file: string, count: number): Promise<readonly string[]> {
  const older = await tailOf(`${file}.1`);
  const newer = await tailOf(file);
  return [...older, ...newer].slice(-count);
}

async function tailOf(file: string): Promise<readonly string[]> {
  const { size } = await stat(file).catch(() => ({ size: 0 }));
  if (size === 0) return [];
  const handle = await open(file, 'r');
  try {
    const start = Math.max(0, size - readBytes);
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(size - start), position: start });
    const lines = buffer.subarray(0, bytesRead).toString('utf8').trimEnd().split('\n');
    return start === 0 ? lines : lines.slice(1);
  } finally {
    await handle.close();
  }
}
