import { describe, expect, it, vi } from 'vitest';
import type { ToolContext } from './context.ts';
import { ToolError } from './errors.ts';
import { hide } from './mask.ts';
import { callSample, sampleTool, textOf } from './testing.ts';

const never = () => new Promise<never>(() => undefined);

describe('a call', () => {
  it('gives the tool a log, called with or without a level', async () => {
    const written: string[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => written.push(String(text)) > 0);
    const run = (_: unknown, { log }: ToolContext) => {
      log('plain', { at: 1 });
      log.warn('warned');
      return {};
    };
    await callSample(sampleTool({ run }), {});
    write.mockRestore();
    const lines = written.map((line) => JSON.parse(line) as { level: string; message: string });
    expect(lines).toMatchObject([
      { level: 'info', message: 'plain', at: 1 },
      { level: 'warn', message: 'warned' },
    ]);
  });

  it('fills in defaults before the tool sees its arguments, at every depth', async () => {
    const inputSchema = {
      type: 'object',
      properties: {
        unit: { type: 'string', default: 'metric' },
        page: { type: 'object', properties: { size: { type: 'integer', default: 10 } } },
      },
    } as const;
    const tool = sampleTool({ inputSchema, run: (args) => args });
    expect((await callSample(tool, { page: {} })).structuredContent).toEqual({ unit: 'metric', page: { size: 10 } });
  });

  it('says which argument is wrong and what is known', async () => {
    const inputSchema = {
      type: 'object',
      properties: { name: { type: 'string' } },
      required: ['name'],
      additionalProperties: false,
    } as const;
    const tool = sampleTool({ inputSchema });
    expect(textOf(await callSample(tool, { name: 3 }))).toContain('/name must be string');
    expect(textOf(await callSample(tool, undefined))).toContain("required property 'name'");
    const two = textOf(await callSample(tool, { name: 'x', nmae: 1, nema: 2 }));
    expect(two).toContain('must NOT have additional properties (unknown: nmae, nema; known: name)');
    expect(two.match(/additional/g)).toHaveLength(1);
  });

  it('refuses a text over the input limit', async () => {
    const result = await callSample(sampleTool({}), { text: 'é'.repeat(600) });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('1200 bytes, over the limit of 1000 bytes');
  });

  it('[GENERATE-18] refuses arguments that are too deep, too many, or too large wherever they stand', async () => {
    let seen = 0;
    const items = { type: 'array', uniqueItems: true } as const;
    const inputSchema = { type: 'object', properties: { ids: items } } as const;
    const tool = sampleTool({ inputSchema, run: () => ({ seen: (seen += 1) }) });
    const told = async (args: unknown) => textOf(await callSample(tool, args, { maxInputBytes: 10_000 }));
    const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown;
    const rows = (count: number) => Array.from({ length: count }, (_, id) => ({ id }));
    expect(await told({ deep: nested(20_000) })).toContain('/deep: nested more than 100 deep');
    expect(await told({ many: rows(200_000) })).toContain('/many: more than 250000 values');
    expect(await told({ rows: [{ text: 'é'.repeat(6000) }] })).toContain('/rows: 12000 bytes, over the limit');
    expect(await told({ ids: rows(20_000) })).toContain('at most 5000 in one');
    expect(seen).toBe(0);
    await told({ deep: nested(50), rows: rows(1000), ids: rows(1000), text: 'a' });
    await callSample(sampleTool({ run: () => ({ seen: (seen += 1) }) }), { rows: rows(20_000) });
    expect(seen).toBe(2);
  });

  it('[GENERATE-6] turns what a tool throws into an error with a next step', async () => {
    const told = await callSample(
      sampleTool({
        run: () => {
          throw new ToolError('No such city.', 'Use list_cities.');
        },
      }),
      {},
    );
    expect(told).toEqual({ isError: true, content: [{ type: 'text', text: 'No such city. Use list_cities.' }] });
    const thrown = await callSample(
      sampleTool({
        run: async () => {
          throw new TypeError('x is undefined\n    at secret (/home/me/x.ts:1:1)');
        },
      }),
      {},
    );
    expect(textOf(thrown)).toMatch(/^x is undefined\. Check the arguments/);
    expect(textOf(thrown)).not.toContain('at secret');
    const text = await callSample(
      sampleTool({
        run: () => {
          throw 'bare words';
        },
      }),
      {},
    );
    expect(textOf(text)).toContain('bare words.');
  });

  it('[GENERATE-6] never shows a secret', async () => {
    hide('API_KEY', 'k-31415926');
    const result = await callSample(
      sampleTool({
        run: () => {
          throw new Error('refused k-31415926');
        },
      }),
      {},
    );
    expect(textOf(result)).toContain('refused [secret API_KEY]');
  });

  it('[GENERATE-7] ends at its time limit though the code never returns', async () => {
    const result = await callSample(sampleTool({ run: never }), {}, { maxSeconds: 0.05 });
    expect(textOf(result)).toContain('did not finish within 0.05 seconds');
  });

  it('[GENERATE-7] ends when the client cancels, and the code is told', async () => {
    const controller = new AbortController();
    let seen: AbortSignal | undefined;
    const tool = sampleTool({
      run: (_, context) => {
        seen = context.signal;
        controller.abort();
        return never();
      },
    });
    expect(textOf(await callSample(tool, {}, {}, controller.signal))).toContain('sample was cancelled.');
    expect(seen?.aborted).toBe(true);
  });
});

describe('a result', () => {
  it('is text and structured content; what is no object becomes {result}', async () => {
    expect(await callSample(sampleTool({ run: () => ({ a: new Date(0) }) }), {})).toEqual({
      content: [{ type: 'text', text: '{"a":"1970-01-01T00:00:00.000Z"}' }],
      structuredContent: { a: '1970-01-01T00:00:00.000Z' },
    });
    expect((await callSample(sampleTool({ run: () => [1, 2] }), {})).structuredContent).toEqual({ result: [1, 2] });
    expect((await callSample(sampleTool({ run: () => undefined }), {})).structuredContent).toEqual({ result: null });
    expect(textOf(await callSample(sampleTool({ run: () => 'plain' }), {}))).toBe('plain');
  });

  it('that is no JSON or does not fit its schema is an error', async () => {
    const circular: Record<string, unknown> = {};
    circular['self'] = circular;
    expect(textOf(await callSample(sampleTool({ run: () => circular }), {}))).toContain('no JSON');
    const outputSchema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] } as const;
    expect(textOf(await callSample(sampleTool({ outputSchema, run: () => ({ n: 'x' }) }), {}))).toContain(
      '/n must be number',
    );
  });

  it('[GENERATE-8] over the limit is cut when it is free text, with how to ask for less', async () => {
    const inputSchema = {
      type: 'object',
      properties: { limit: { type: 'integer' }, city: { type: 'string' } },
    } as const;
    const result = await callSample(sampleTool({ inputSchema, run: () => 'x'.repeat(500) }), {});
    expect(result.structuredContent).toBeUndefined();
    expect(textOf(result)).toMatch(
      /^x{200}\n… The result has 500 characters, over the limit of 200\..*Ask for less with limit\.$/,
    );
  });

  it('[GENERATE-8] over the limit is refused when a shape was promised', async () => {
    const outputSchema = { type: 'object', properties: { text: { type: 'string' } } } as const;
    const result = await callSample(sampleTool({ outputSchema, run: () => ({ text: 'x'.repeat(500) }) }), {});
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain('over the limit of 200. Ask for less');
  });
});
