import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callTool, createMcpServer, executePlan, planServer, runOperation, updateServer } from '../../src/index.ts';
import type { Json } from '../../src/spec/index.ts';
import { withCrafter } from '../engine/with-crafter.ts';

const folder = join(import.meta.dirname, '../../examples');

/** What each example makes. */
const examples: Readonly<Record<string, { server: string; tools: readonly string[] }>> = {
  'bookshop.openapi.yaml': {
    server: 'bookshop',
    tools: [
      'list_books',
      'add_book',
      'search_books',
      'get_book',
      'change_book',
      'remove_book',
      'upload_cover',
      'list_orders',
      'place_order',
      'read_answer',
    ],
  },
  'crm-sync.context.json': { server: 'crm-sync', tools: ['oauth_authenticator', 'crm_client', 'sync_manager'] },
  'customer-data.context.json': {
    server: 'customer-data',
    tools: ['csv_processor', 'data_validator', 'data_transformer', 'json_exporter'],
  },
  'order-tools.form.json': { server: 'order-tools', tools: ['order_total', 'delivery_date', 'page_slug'] },
  'report-folder.prompt.txt': {
    server: 'file-searcher',
    tools: ['file_searcher', 'file_reader', 'text_analyzer'],
  },
};

const held = withCrafter();

const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const call = async (server: string, tool: string, args: Record<string, Json>) =>
  (await runOperation(held.crafter, callTool, { server, tool, arguments: args })).structuredContent;

describe('the examples', () => {
  it('are all tried here', () => {
    const files = readdirSync(folder).filter((file) => /\.(json|txt|yaml)$/.test(file));
    expect(files.toSorted()).toEqual(Object.keys(examples));
  });

  it.each(Object.entries(examples))('[HOUSE-11] %s makes a server that passes verification', async (file, expected) => {
    const made = await runOperation(held.crafter, createMcpServer, {
      document: read(file),
      folders: [folder],
      wait: true,
    });
    expect(made.error).toBeUndefined();
    expect(made).toMatchObject({ status: 'success', server: expected.server, report: { success: true, score: 100 } });
    const shown = await runOperation(held.crafter, planServer, { document: read(file) });
    expect(shown.plan.servers[0]?.blueprint.tools.map(({ name }) => name).toSorted()).toEqual(
      expected.tools.toSorted(),
    );
  });

  it('[HOUSE-11] order tools answer', async () => {
    expect(await call('order-tools', 'order_total', { prices: [9.99, 0.01], tax_percent: 10 })).toEqual({
      net: 10,
      total: 11,
    });
    expect(await call('order-tools', 'page_slug', { title: 'Æther & Öl' })).toEqual({ result: 'ther-ol' });
  });

  it('[HOUSE-11] the bookshop is asked as its document says', async () => {
    const asked: { url?: string; key?: string | string[]; body: string }[] = [];
    const shop = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked.push({ url: request.url, key: request.headers['x-shop-key'], body: Buffer.concat(chunks).toString() });
        if (request.method === 'PUT') return void response.writeHead(204).end();
        response.setHeader('content-type', 'application/json').end('{"books": [], "next_cursor": "b"}');
      });
    }).listen(0, '127.0.0.1');
    await once(shop, 'listening');
    try {
      const base_url = `http://127.0.0.1:${(shop.address() as AddressInfo).port}/v1`;
      const elsewhere = { server: 'bookshop', document: read('bookshop.openapi.yaml'), base_url, dry_run: true };
      expect(await runOperation(held.crafter, updateServer, elsewhere)).toMatchObject({
        notes: [expect.stringContaining('--base-url https://api.bookshop.example/v1')],
      });
      const made = await runOperation(held.crafter, updateServer, {
        server: 'bookshop',
        base_url,
        environment: { BOOKSHOP_API_KEY: 'k1' },
        wait: true,
      });
      expect(made).toMatchObject({ status: 'success' });
      expect(await call('bookshop', 'list_books', { subject: ['a', 'b c'], price: { max: 20 } })).toEqual({
        status: 200,
        data: { books: [], next_cursor: 'b' },
        next: { cursor: 'b' },
      });
      const cover = { isbn: '9780141439518', body: { image: 'text:bytes', caption: 'A train' } };
      expect(await call('bookshop', 'upload_cover', cover)).toEqual({ status: 204 });
      expect(asked).toMatchObject([
        { url: '/v1/books?subject=a,b%20c&price%5Bmax%5D=20', key: undefined },
        {
          url: '/v1/books/9780141439518/cover',
          key: 'k1',
          body: expect.stringMatching(/image\/png[^]*bytes[^]*A train/),
        },
      ]);
      await expect(
        runOperation(held.crafter, updateServer, { server: 'bookshop', read_only: true, base_url: 'nowhere' }),
      ).rejects.toMatchObject({ problems: [{ field: 'read_only' }, { field: 'base_url' }] });
    } finally {
      shop.close();
    }
  });

  it('[HOUSE-11] the report folder is searched and read, and nothing else is', async () => {
    const found = await call('file-searcher', 'file_searcher', { name: '*.csv' });
    expect(JSON.stringify(found)).toContain('customers.csv');
    const outside = { server: 'file-searcher', tool: 'file_reader', arguments: { path: '/etc/hostname' } };
    expect(await runOperation(held.crafter, callTool, outside)).toMatchObject({ isError: true });
  });
});

describe('a plan', () => {
  it('[HOUSE-11] is made, edited and executed', async () => {
    const document = read('order-tools.form.json');
    const { plan } = await runOperation(held.crafter, planServer, { document });
    const [server] = plan.servers;
    if (server === undefined) throw new Error('the plan has no server');
    const blueprint = { ...server.blueprint, name: 'order-total', tools: server.blueprint.tools.slice(0, 1), flow: [] };
    const edited = { ...plan, servers: [{ ...server, blueprint }] };
    const made = await runOperation(held.crafter, executePlan, { plan: edited, wait: true });
    expect(made).toMatchObject({ status: 'success', server: 'order-total' });
  });

  it('is refused where an edit made it wrong, with the field', async () => {
    const { plan } = await runOperation(held.crafter, planServer, { document: read('customer-data.context.json') });
    const [server] = structuredClone(plan.servers);
    if (server === undefined) throw new Error('the plan has no server');
    const [first, second] = server.blueprint.tools;
    if (first?.implementation.kind !== 'recipe' || second === undefined) throw new Error('the plan has other tools');
    first.implementation.recipe = 'cvs';
    second.name = first.name;
    const fields = ['tools[1].name', 'tools[0].implementation.recipe'].map(
      (field) => `plan.servers[0].blueprint.${field}`,
    );
    await expect(
      runOperation(held.crafter, executePlan, { plan: { ...plan, servers: [server] } }),
    ).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      problems: expect.arrayContaining(fields.map((field) => expect.objectContaining({ field }))),
    });
  });
});
