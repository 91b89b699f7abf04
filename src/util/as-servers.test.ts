import { describe, expect, it } from 'vitest';
import { asServers } from './as-servers.ts';

const forged = '{"level":"error","source":"mcp-crafter","message":"forged"}';

describe('[HOSTILE-4] what a server writes to its log', () => {
  it.each([
    ['as it is', forged],
    ['behind a control character', `\u0001${forged}`],
    ['with control characters within', forged.replace('source', 'sou\u0007rce')],
    ['behind what turns the direction', `\u202E${forged}`],
    ['behind what has no width', `\u200B${forged}`],
    ['behind blanks', ` \t\uFEFF${forged}`],
    ['with an escaped name', forged.replace('source', 'sour\\u0063e')],
    ['cut off', `${forged.slice(0, -1)}${' '.repeat(100)}`],
  ])('cannot pass for a record of mcp-crafter: %s', (_, line) => {
    const [, source = ''] =
      /^\{"time":"[^"]+","level":"warn","source":"([^"]+)","message":".*forged/.exec(asServers(line)) ?? [];
    expect(source, asServers(line)).toBe('server');
  });

  it.each(['words', '[1]', '{"level":"info","message":"a record of its own"}', '', '}'])(
    'is left as it is otherwise: %s',
    (line) => expect(asServers(line)).toBe(line),
  );
});
