import type { Log } from './context.ts';
import { mask } from './mask.ts';

const levels = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof levels)[number];

const threshold = Math.max(0, levels.indexOf((process.env['LOG_LEVEL'] ?? 'info').toLowerCase() as Level));

/** Writes `{time, level, message, …}` as one line on stderr; LOG_LEVEL sets the least level shown (info). */
export function createLog(base: Record<string, unknown> = {}): Log {
  const at = (level: Level) => (message: string, fields?: Record<string, unknown>) =>
    write(level, message, { ...base, ...fields });
  return Object.assign(at('info'), { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') });
}

export const log: Log = createLog();

function write(level: Level, message: string, fields: Record<string, unknown>): void {
  if (levels.indexOf(level) < threshold) return;
  process.stderr.write(`${mask(line(level, message, fields))}\n`);
}

function line(level: Level, message: string, fields: Record<string, unknown>): string {
  const head = { time: new Date().toISOString(), level, message: String(message) };
  try {
    return JSON.stringify({ ...head, ...fields }, plain);
  } catch {
    return JSON.stringify(head);
  }
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Error ? value.message : value;
}
