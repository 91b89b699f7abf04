/** Media types that are items one after the other (OpenAPI 3.2, Sequential Media Types). */
export type Sequence = 'lines' | 'records' | 'events';

export function sequenceOf(type: string): Sequence | undefined {
  const name = type.split(';')[0]!.trim().toLowerCase();
  if (/^(?:application|text)\/(?:x-)?(?:jsonl|ndjson|jsonlines|json-lines)$/.test(name)) return 'lines';
  if (/^application\/(?:json-seq|[\w.-]+\+json-seq)$/.test(name)) return 'records';
  return name === 'text/event-stream' ? 'events' : undefined;
}

/** Items as they are sent: JSON a line, JSON after a record separator (RFC 7464), or fields of events. */
export function writeSequence(kind: Sequence, items: readonly unknown[]): string {
  const write = { lines: line, records: (item: unknown) => `\u001E${line(item)}`, events: eventText }[kind];
  return items.map(write).join('');
}

const line = (item: unknown): string => `${JSON.stringify(item)}\n`;

function eventText(item: unknown): string {
  const fields = typeof item === 'object' && item !== null ? Object.entries(item) : [['data', item] as const];
  const lines = fields.flatMap(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.split(/\r\n|\r|\n/).map((part) => `${name.replace(/[\r\n:]/g, '')}: ${part}\n`);
  });
  return `${lines.join('')}\n`;
}

/** The items of a text, or undefined when it is no such sequence. */
export function readSequence(kind: Sequence, text: string): unknown[] | undefined {
  if (kind === 'events') return events(text);
  const parts = text.split(kind === 'lines' ? /\r?\n/ : '\u001E').filter((part) => part.trim() !== '');
  try {
    return parts.map((part) => JSON.parse(part) as unknown);
  } catch {
    return undefined;
  }
}

/** Events that are complete: an empty line ends one (HTML, 9.2.6). Data stays text, as OpenAPI has it. */
function events(text: string): Record<string, string | number>[] {
  const blocks = text.replace(/^\uFEFF/, '').split(/\r\n\r\n|\n\n|\r\r/);
  return blocks.slice(0, -1).flatMap((block) => {
    const data: string[] = [];
    const event: Record<string, string | number> = {};
    for (const part of block.split(/\r\n|\r|\n/)) {
      const [, name = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(part) ?? [];
      if (name === 'data') data.push(value);
      else if (name === 'event' || name === 'id') event[name] = value;
      else if (name === 'retry' && /^\d{1,15}$/.test(value)) event['retry'] = Number(value);
    }
    return data.length === 0 ? [] : [{ ...event, data: data.join('\n') }];
  });
}
