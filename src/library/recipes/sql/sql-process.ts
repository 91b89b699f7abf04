import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import type { ToolContext } from '#runtime/context.ts';
import { ToolError } from '#runtime/errors.ts';
import type { Value } from '#shared/dataset.ts';
import { splitLines } from '#shared/lines.ts';
import { childSource } from './sql-child.ts';

export type Parameters = (string | number | boolean | null)[] | Record<string, string | number | boolean | null>;

export interface SqlJob {
  /** Absolute path of the database; absent: in memory. */
  readonly path?: string;
  readonly write: boolean;
  /** Datasets to put into tables first. */
  readonly load: readonly { table: string; columns: readonly string[]; file: string; temporary: boolean }[];
  readonly statements: readonly { sql: string; parameters?: Parameters }[];
  /** Most rows a statement returns. */
  readonly limit: number;
}

export interface SqlDone {
  readonly results: readonly { columns: string[]; count: number; truncated: boolean; changes: number }[];
  /** Rows put into tables first. */
  readonly loaded: number;
}

interface Message {
  readonly columns?: string[];
  readonly rows?: Value[][];
  readonly done?: SqlDone;
  readonly error?: string;
  readonly at?: number;
}

interface Child {
  readonly process: ChildProcessWithoutNullStreams;
  readonly messages: AsyncGenerator<string>;
}

/** Kept for the next query for a while, since a start takes 50 ms. */
const idle: Child[] = [];
const idleFor = 10_000;
const mostIdle = 2;

/** Runs a job in a process of its own, which is killed when the time is up or the call is cancelled. */
export async function runSql(
  job: SqlJob,
  seconds: number,
  context: ToolContext,
  onRows: (columns: string[], rows: Value[][]) => Promise<void>,
): Promise<SqlDone> {
  const child = idle.pop() ?? start();
  const clock = AbortSignal.timeout(seconds * 1000);
  const stop = () => void child.process.kill('SIGKILL');
  const over = AbortSignal.any([clock, context.signal]);
  over.addEventListener('abort', stop, { once: true });
  if (over.aborted) stop();
  let finished = false;
  try {
    // The other side takes U+2028 and U+2029 for line ends, too.
    const line = JSON.stringify(job).replace(/[\u2028\u2029]/g, (end) => (end === '\u2028' ? '\\u2028' : '\\u2029'));
    child.process.stdin.write(`${line}\n`);
    const answer = await read(child, onRows);
    finished = answer !== undefined;
    if (answer?.done !== undefined) return answer.done;
    context.signal.throwIfAborted();
    if (clock.aborted)
      throw new ToolError(
        `The statement took longer than ${seconds} seconds and was stopped.`,
        'Narrow it with WHERE or LIMIT, or raise max_seconds.',
      );
    throw refused(answer);
  } finally {
    over.removeEventListener('abort', stop);
    if (finished && idle.length < mostIdle) keep(child);
    else stop();
  }
}

function start(): Child {
  // No environment: its secrets are none of SQLite's business.
  const process_ = spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', childSource], {
    env: {},
    stdio: 'pipe',
  });
  process_.on('error', () => undefined);
  process_.stdin.on('error', () => undefined);
  process_.stderr.resume();
  process_.stdout.setEncoding('utf8');
  return { process: process_, messages: splitLines(process_.stdout) };
}

async function read(
  child: Child,
  onRows: (columns: string[], rows: Value[][]) => Promise<void>,
): Promise<Message | undefined> {
  for (;;) {
    const next = await child.messages.next();
    if (next.done === true) return undefined;
    const message = JSON.parse(next.value) as Message;
    if (message.rows === undefined) return message;
    await onRows(message.columns ?? [], message.rows);
  }
}

/** An idle process does not keep the server from ending, and ends by itself. */
function keep(child: Child): void {
  for (const held of [child.process, child.process.stdin, child.process.stdout, child.process.stderr])
    (held as { unref?(): void }).unref?.();
  idle.push(child);
  setTimeout(() => {
    const place = idle.indexOf(child);
    if (place === -1) return;
    idle.splice(place, 1);
    child.process.kill('SIGKILL');
  }, idleFor).unref();
}

function refused(answer: Message | undefined): ToolError {
  if (answer?.error === undefined)
    return new ToolError(
      'SQLite ended without an answer.',
      'The result may be too large for its memory: ask for fewer columns or rows.',
    );
  const where = answer.at === undefined || answer.at < 0 ? '' : ` (statement ${answer.at + 1})`;
  const said = answer.error.slice(0, 300);
  if (/not authorized|readonly|query_only|prohibited/i.test(said)) {
    return new ToolError(
      `SQLite refused${where}: ${said}.`,
      'Reading tools take SELECT only; no tool attaches other files, changes settings or ends the transaction itself.',
    );
  }
  if (/no such (table|column)/i.test(said))
    return new ToolError(`${said}${where}.`, 'Call sql_query without `sql` to see the tables and their columns.');
  if (/not a database|malformed/i.test(said))
    return new ToolError(
      'The file is no SQLite database.',
      'Give a SQLite file; CSV and JSON files go into a dataset first.',
    );
  return new ToolError(`SQLite refused${where}: ${said}.`, 'Correct the statement; the dialect is SQLite.');
}
