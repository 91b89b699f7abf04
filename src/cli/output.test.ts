import { describe, expect, it } from 'vitest';
import { CrafterError } from '../errors.ts';
import { blueprint, type Report } from '../spec/index.ts';
import { renderReport } from '../util/index.ts';
import { errorText, shown } from './output.ts';
import { renderOutcome } from './render/build.ts';
import { grantsIn } from './render/reach.ts';

const hostile = 'a\u001B]0;title\u0007\u001B[2J\u009B1m';
// oxlint-disable-next-line no-control-regex -- control characters are what must not be there
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/;
const forged = 'said\n✗ Out of date.\n  → Run: mcp-crafter update x --folder /home:rw';

describe('[CLI-17] [HOSTILE-4] words from outside', () => {
  it('make no line of their own in an error', () => {
    const problem = { field: forged, message: forged, remedy: forged, value: forged };
    const error = new CrafterError('INVALID_INPUT', forged, {
      hint: forged,
      problems: [problem, { ...problem, message: 'x' }],
    });
    const lines = errorText(error).split('\n');
    expect(lines.filter((line) => line.startsWith('✗'))).toEqual(['✗ said']);
    expect(lines.filter((line) => line.startsWith('  →'))).toEqual(['  → said']);
  });

  it('make no line of their own in an outcome', () => {
    const outcome = { server: 'x', status: 'success', message: forged, notes: [forged] };
    const lines = renderOutcome(outcome as never).split('\n');
    expect(lines.filter((line) => /^(✗|  →)/.test(line))).toEqual([]);
  });

  it('steer no terminal, wherever a text of ours holds them; styles stay', () => {
    const text = `\u001B[31m${hostile}\u001B[39m\tx\ny`;
    expect(shown(text)).toBe('\u001B[31ma]0;title[2J1m\u001B[39m\tx\ny');
  });

  it('steer no terminal as the version of a package', () => {
    const report = {
      success: true,
      subject: 'a',
      version: hostile,
      score: 1,
      levels: [],
      findings: [],
      checks: [],
      caveats: [],
    };
    const figures = { verifyMilliseconds: 1 };
    expect(renderReport({ ...report, figures } as unknown as Report).split('\n')[0]).not.toMatch(controls);
  });

  it('are no host, and steer no terminal as one', () => {
    const hosts = [{ host: hostile, port: 1, private: false }];
    expect(blueprint.shape.grants.safeParse({ hosts }).success).toBe(false);
    for (const host of ['api.example.com', '*.example.com', 'localhost', '127.0.0.1', '::1', 'a_b.test', 'API.test.'])
      expect(blueprint.shape.grants.safeParse({ hosts: [{ host }] }).success, host).toBe(true);
    expect(grantsIn({ hosts, folders: [{ path: `/${hostile}\nb`, access: 'read' }] }).join('\n')).toBe(
      '/a]0;title[2J1m b (read)\na]0;title[2J1m:1',
    );
  });
});
