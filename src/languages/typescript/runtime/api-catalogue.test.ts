import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiFile, ApiOperation, ApiTool, Schema } from './api-file.ts';
import { openSearch } from './api-search.ts';
import { errorOf, openApi, operation, standIn, type StandIn } from './api-testing.ts';

let api: StandIn;

beforeEach(async () => {
  api = await standIn(() => Response.json({ items: [{ id: 1, name: 'rex' }] }));
});

afterEach(() => api.close());

const tags = (tag: string) => ({ tags: [tag] });
const pet = (method: string, path: string, title: string, fields: Partial<ApiOperation> = {}) =>
  operation({ method, path, ...tags('pets') }, { title, description: `${title}.`, ...fields });

/** A schema that contains itself, deep and wide. */
const schemas: Record<string, Schema> = {
  Pet: {
    type: 'object',
    required: ['name'],
    properties: {
      name: { type: 'string', description: 'Its name.' },
      parent: { $ref: '#/$defs/Pet' },
      ...Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`optional_${at}`, { $ref: '#/$defs/Detail' }])),
    },
  },
  Detail: {
    type: 'object',
    description: 'A detail. '.repeat(30),
    properties: {
      inner: { type: 'object', properties: { value: { type: 'string', description: 'Deep. '.repeat(50) } } },
    },
  },
  Unused: { type: 'string' },
};

const catalogue = [
  pet('GET', '/pets', 'List all pets', {
    inputSchema: { type: 'object', properties: { limit: { type: 'integer' } }, additionalProperties: false },
  }),
  pet('GET', '/pets/{petId}', 'Get a pet by its id', {
    inputSchema: { type: 'object', properties: { petId: { type: 'integer' } }, required: ['petId'] },
  }),
  pet('POST', '/pets', 'Create a pet', {
    inputSchema: {
      type: 'object',
      properties: { body: { $ref: '#/$defs/Pet' } },
      required: ['body'],
      additionalProperties: false,
    },
  }),
  pet('DELETE', '/pets/{petId}', 'Delete a pet'),
  operation(
    { method: 'POST', path: '/orders/search', ...tags('Store Orders') },
    { title: 'Search orders', annotations: { ...pet('GET', '/', '').annotations } },
  ),
  operation(
    { method: 'GET', path: '/me', operationId: 'users.current', ...tags('users') },
    { title: 'The current user' },
  ),
];

const part = (name: string, kind: 'search' | 'describe' | 'read' | 'write'): ApiTool => {
  const { title, description, inputSchema, annotations } = operation({ path: '/' });
  return { name, title, description, inputSchema, annotations, implementation: { kind: 'catalogue', part: kind } };
};

function open(more: Partial<ApiFile> = {}) {
  const tools = [
    part('search_operations', 'search'),
    part('describe_operation', 'describe'),
    part('call_read_operation', 'read'),
    part('call_write_operation', 'write'),
  ];
  return openApi(api, { tools, catalogue, schemas, ...more });
}

describe('searching operations', () => {
  const first = async (query: string, args = {}) => {
    const { operations } = (await open()('search_operations', { query, ...args })).structuredContent as {
      operations: { operation: string }[];
    };
    return operations[0]?.operation;
  };

  it('[OPENAPI-CALL-15] finds by meaning: other forms, synonyms, typing errors, names', async () => {
    expect(await first('delete a pet')).toBe('delete_pets_petid');
    expect(await first('removing pets')).toBe('delete_pets_petid');
    expect(await first('fetch one pet')).toBe('get_pets_petid');
    expect(await first('get pets')).toBe('get_pets');
    expect(await first('add new pet')).toBe('post_pets');
    expect(await first('serch ordres')).toBe('post_orders_search');
    expect(await first('users.current')).toBe('get_me');
  });

  it('[OPENAPI-CALL-15] tells what each does, needs and is called with', async () => {
    const { operations } = (await open()('search_operations', { query: 'create pet', limit: 1 }))
      .structuredContent as any;
    expect(operations).toEqual([
      {
        operation: 'post_pets',
        does: 'Create a pet.',
        request: 'POST /pets',
        required: ['body'],
        call: 'call_write_operation',
      },
    ]);
  });

  it('[OPENAPI-CALL-15] keeps to a group, whatever its spelling', async () => {
    expect(await first('pets', { tag: 'store-orders' })).toBe('post_orders_search');
    expect(await first('anything', { tag: 'users' })).toBe('get_me');
    expect(await first('zzzz')).toBeUndefined();
  });

  it('[OPENAPI-CALL-15] ranks the operation that a summary names first among a thousand', () => {
    const things = [
      'invoice',
      'payment',
      'customer',
      'shipment',
      'webhook',
      'report',
      'ticket',
      'project',
      'team',
      'role',
    ];
    const parts = ['comment', 'attachment', 'label', 'event', 'setting', 'member', 'limit', 'note', 'link', 'status'];
    const deeds = { GET: 'Retrieve', POST: 'Create', PUT: 'Update', DELETE: 'Remove' };
    const all = things.flatMap((thing) =>
      parts.flatMap((of) =>
        Object.entries(deeds).map(([method, deed]) =>
          operation({ method, path: `/${thing}s/{id}/${of}s` }, { title: `${deed} the ${of} of a ${thing}` }),
        ),
      ),
    );
    const search = openSearch(all);
    const right = all.filter(({ title, name }) => search(title, () => true, 1)[0] === name);
    expect(right).toHaveLength(all.length);
  });
});

describe('describing an operation', () => {
  it('[OPENAPI-CALL-15] is short: what is required whole, what is optional as deep as it fits', async () => {
    const shown = (await open()('describe_operation', { operation: 'post_pets' })).structuredContent as any;
    expect(JSON.stringify(shown).length).toBeLessThan(10_000);
    expect(shown).toMatchObject({
      request: 'POST /pets',
      call: 'call_write_operation',
      more: expect.stringContaining('full'),
    });
    expect(shown.input.properties.body.properties.name).toEqual({ type: 'string', description: 'Its name.' });
    expect(JSON.stringify(shown)).not.toContain('$ref');
  });

  it('[OPENAPI-CALL-15] in full holds every schema it needs and no other', async () => {
    const { input } = (await open()('describe_operation', { operation: 'POST /pets', full: true }))
      .structuredContent as any;
    expect(Object.keys(input.$defs).sort()).toEqual(['Detail', 'Pet']);
    expect(input.$defs.Pet).toEqual(schemas['Pet']);
  });
});

describe('calling an operation', () => {
  it('[OPENAPI-CALL-15] sends it, and gives only the fields asked for', async () => {
    const call = open();
    const args = { operation: 'get_pets', arguments: { limit: 3 }, fields: ['items.name'] };
    const result = await call('call_read_operation', args);
    expect(result.structuredContent).toEqual({ status: 200, data: { items: [{ name: 'rex' }] } });
    await call('call_write_operation', {
      operation: 'post_pets',
      arguments: { body: { name: 'a', parent: { name: 'b' } } },
    });
    expect(api.seen.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /pets', 'POST /pets']);
  });

  it('[OPENAPI-CALL-15] refuses one that changes something where reading is promised, and names the right tool', async () => {
    const call = open();
    expect(errorOf(await call('call_read_operation', { operation: 'post_pets' }))).toContain(
      'Call it with call_write_operation',
    );
    expect(errorOf(await call('call_write_operation', { operation: 'get_pets' }))).toContain(
      'Call it with call_read_operation',
    );
    expect((await call('call_read_operation', { operation: 'post_orders_search' })).isError).toBeUndefined();
    expect(api.seen).toHaveLength(1);
  });

  it('[OPENAPI-CALL-15] checks arguments by the whole schema and names what comes near', async () => {
    const call = open();
    const wrong = await call('call_write_operation', { operation: 'post_pets', arguments: { body: { parent: {} } } });
    expect(errorOf(wrong)).toContain("Invalid arguments for post_pets: /body must have required property 'name'");
    expect(errorOf(await call('call_read_operation', { operation: 'get_pet_petid' }))).toContain(
      'Did you mean get_pets',
    );
    expect(api.seen).toEqual([]);
  });

  it('[OPENAPI-CALL-16] builds neither index nor checks before they are used', async () => {
    const guarded = { ...catalogue[0]! };
    Object.defineProperty(guarded, 'inputSchema', { get: () => expect.unreachable('read at the start') });
    const call = open({ catalogue: [guarded] });
    expect(await call('call_read_operation', { operation: 'no_such' })).toMatchObject({ isError: true });
  });
});
