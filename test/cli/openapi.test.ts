import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withCommandLine } from '../support/cli.ts';
import type { CommandLine, Ran } from '../support/cli.ts';

const cli: CommandLine = withCommandLine();

const document = `openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
servers: [{url: https://shop.example.com}]
paths:
  /orders: {$ref: paths.yaml#/orders}
  /admin: {delete: {operationId: wipeAll, responses: {'204': {description: gone}}}}
`;
const paths = `orders:
  get: {operationId: listOrders, tags: [orders], responses: {'200': {description: ok}}}
  post: {operationId: createOrder, tags: [orders], responses: {'201': {description: made}}}
`;

function shop(): string {
  mkdirSync(join(cli.folder, 'shop'), { recursive: true });
  cli.file('shop/paths.yaml', paths);
  return cli.file('shop/openapi.yaml', document);
}

/** Names of the tools planned. */
function toolsOf({ json, stdout }: Ran): string[] {
  const { plan } = json as unknown as { plan?: { servers: { blueprint: { tools: { name: string }[] } }[] } };
  expect(plan, stdout).toBeDefined();
  return plan!.servers
    .flatMap(({ blueprint }) => blueprint.tools.map(({ name }) => name))
    .filter((name) => name !== 'read_answer');
}
const plan = (...words: string[]): Promise<Ran> => cli.run(['plan', ...words, '--json']);

describe('API documents on the command line', () => {
  it('[OPENAPI-READ-8] [OPENAPI-READ-11] are read with the files beside them, by position and by flag', async () => {
    const names = ['list_orders', 'create_order', 'wipe_all'];
    expect(toolsOf(await plan(shop()))).toEqual(names);
    expect(toolsOf(await plan('--openapi', shop()))).toEqual(names);
  });

  it('[OPENAPI-READ-9] [OPENAPI-READ-10] are changed by overlays, filters and overrides', async () => {
    const overlay = cli.file(
      'overlay.yaml',
      'overlay: 1.0.0\ninfo: {title: O, version: 1.0.0}\nactions: [{target: "$.paths[\'/admin\']", remove: true}]',
    );
    const overrides = cli.file('overrides.yaml', 'listOrders: {name: all_orders}');
    expect(
      toolsOf(await plan(shop(), '--overlay', overlay, '--overrides', overrides, '--tag', 'orders', '--method', 'get')),
    ).toEqual(['all_orders']);
    expect(toolsOf(await plan(shop(), '--read-only', '--operation', '!wipeAll', '--path', '/orders'))).toEqual([
      'list_orders',
    ]);
    expect(toolsOf(await plan(shop(), '--shape', 'search', '--pin', 'orders', '--skip-deprecated'))).toEqual(
      expect.arrayContaining(['search_operations', 'list_orders', 'create_order']),
    );
  });

  it('[OPENAPI-READ-12] are fetched from a URL when its host may be reached', async () => {
    const web = createServer((_request, response) => void response.end(document)).listen(0, '127.0.0.1');
    await new Promise((resolve) => web.once('listening', resolve));
    const { port } = web.address() as AddressInfo;
    try {
      const url = `http://127.0.0.1:${port}/openapi.yaml`;
      expect((await plan(url)).json.error.code).toBe('GRANT_REFUSED');
      expect(toolsOf(await plan(url, '--base-url', `http://127.0.0.1:${port}`))).toEqual(['wipe_all']);
      expect(toolsOf(await plan('--openapi', url, '--base-url', `http://127.0.0.1:${port}`))).toEqual(['wipe_all']);
    } finally {
      web.close();
    }
  });

  it.each<[string, () => string[], string, RegExp]>([
    [
      '60 MB',
      () => [cli.file('big.yaml', `openapi: 3.1.0\n#${'x'.repeat(60 * 1024 * 1024)}`)],
      'INPUT_TOO_LARGE',
      /60\.0 MB/,
    ],
    [
      'strictly a reference out of the folder',
      () => [cli.file('out.yaml', `${document}  /x: {$ref: ../../x.yaml}\n`), '--strict'],
      'INVALID_INPUT',
      /\.\.\/x\.yaml/,
    ],
    [
      'flags beside plain words',
      () => ['Read CSV files', '--strict', '--base-url', 'https://a.example'],
      'INVALID_INPUT',
      /strict[^]*base_url/,
    ],
    [
      'a document that is another kind',
      () => ['--openapi', cli.file('form.json', '{"server_name":"a"}')],
      'INVALID_INPUT',
      /openapi/,
    ],
    ['an unknown version', () => [cli.file('v4.yaml', 'openapi: 4.0.0\npaths: {}')], 'NOT_SUPPORTED', /4\.0\.0/],
    ['broken YAML', () => [cli.file('broken.yaml', 'openapi: 3.1.0\npaths: [')], 'INVALID_INPUT', /line 2/],
    [
      'strictly what has to be mended',
      () => [cli.file('bad.yaml', `${document}  /x: {get: {parameters: [7]}}\n`), '--strict'],
      'INVALID_INPUT',
      /paths\.yaml|parameters/,
    ],
  ])('[OPENAPI-READ-4] [OPENAPI-READ-13] refuse %s', async (_name, words, code, says) => {
    const { json } = await plan(...words());
    expect(json.error.code).toBe(code);
    expect(JSON.stringify(json.error)).toMatch(says);
  });
});
