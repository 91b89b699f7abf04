import { describe, expect, it } from 'vitest';
import { readRequest } from '../../read.ts';
import { uniqueNames } from './names/unique.ts';
import { nameWords, singular } from './names/words.ts';

const one = (method: string, path: string, operationId?: string, more: object = {}) => ({
  method,
  path,
  operationId,
  tags: [],
  lists: false,
  ...more,
});
const name = (...given: Parameters<typeof one>) => uniqueNames([one(...given)])[0];

describe('names', () => {
  it('[OPENAPI-COMPILE-14] take the words of an operationId, acronyms whole', () => {
    const given = [
      'listOAuth2Tokens',
      'getUserIDs',
      'HTTPServerStatus',
      'repos/list-for-org',
      'Pets.findAll',
      'get2FACode',
      'readCoreV1APIResources',
      'créerÉlément',
      'listIPv6Addresses',
      'get_pet_by_id',
    ];
    expect(given.map((id) => name('GET', '/x', id))).toEqual([
      'list_oauth2_tokens',
      'get_user_ids',
      'http_server_status',
      'repos_list_for_org',
      'pets_find_all',
      'get_2fa_code',
      'read_core_v1_api_resources',
      'creer_element',
      'list_ipv6_addresses',
      'get_pet_by_id',
    ]);
  });

  it('[OPENAPI-COMPILE-14] leave out what tools add to operationIds', () => {
    expect(name('GET', '/pets', 'listPetsUsingGET_1')).toBe('list_pets');
    expect(name('GET', '/pets', 'PetsController_findAll')).toBe('pets_find_all');
    expect(name('GET', '/items/{item_id}', 'read_item_items__item_id__get')).toBe('read_item');
    expect(name('GET', '/users', 'Users_listUsers', { tags: ['Users'] })).toBe('list_users');
    expect(name('GET', '/users', 'users_list', { tags: ['Users'] })).toBe('users_list');
  });

  it('[OPENAPI-COMPILE-14] are made of method and path where there is no id', () => {
    expect(name('GET', '/pets')).toBe('list_pets');
    expect(name('GET', '/pets/{petId}')).toBe('get_pet');
    expect(name('GET', '/api/v1/users/{id}/repos')).toBe('list_user_repos');
    expect(name('POST', '/users')).toBe('create_user');
    expect(name('PUT', '/users/{id}')).toBe('replace_user');
    expect(name('PATCH', '/users/{id}')).toBe('update_user');
    expect(name('DELETE', '/categories/{id}')).toBe('delete_category');
    expect(name('POST', '/orders/{id}/cancel')).toBe('cancel_order');
    expect(name('POST', '/orders/search')).toBe('search_orders');
    expect(name('GET', '/status')).toBe('get_status');
    expect(name('GET', '/')).toBe('get_root');
    expect(name('GET', '/x', '5f2b6c1e-0000-4000-8000-1234567890ab')).toBe('get_x');
  });

  it('[OPENAPI-COMPILE-14] are unique, whatever the order: the plainest path keeps the name', () => {
    const all = [
      one('GET', '/pets/{id}/v2', 'getPet'),
      one('GET', '/pets/{id}', 'getPet'),
      one('GET', '/pets/{id}', 'get_pet'),
      one('GET', '/pets/{name}'),
      one('GET', '/pets/by/{id}'),
      one('GET', '/dogs', 'search_operations'),
      one('GET', '/宠物'),
      one('GET', '/狗'),
    ];
    const names = uniqueNames(all);
    expect(names[1]).toBe('get_pet');
    expect(new Set(names).size).toBe(all.length);
    expect(names).not.toContain('search_operations');
    const turned = uniqueNames(all.toReversed()).toReversed();
    expect(turned.filter((given, at) => given === names[at]).length).toBeGreaterThanOrEqual(all.length - 2);
  });

  it('[OPENAPI-COMPILE-14] stay as they are when the document grows', () => {
    const before = [one('GET', '/a/{id}', 'getThing'), one('GET', '/a/{id}/b', 'getThing')];
    const names = uniqueNames(before);
    expect(
      uniqueNames([one('POST', '/c', 'makeC'), ...before, one('GET', '/a/{id}/d/e', 'getThing')]).slice(1, 3),
    ).toEqual(names);
  });

  it('[OPENAPI-COMPILE-14] stay when operationIds that are used twice take those suggested', () => {
    const text = (suggested: readonly (object | undefined)[]) =>
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Shop', version: '1' },
        servers: [{ url: 'https://a.example' }],
        paths: Object.fromEntries(
          [
            ['/orders', 'post'],
            ['/orders/{id}', 'get'],
            ['/orders/all', 'get'],
            ['/goods', 'get'],
          ].map(([path, method], at) => [
            path,
            { [method!]: { operationId: 'listOrders', responses: {}, ...suggested[at] } },
          ]),
        ),
      });
    const names = (suggested: readonly (object | undefined)[]) => {
      const { tools, api } = readRequest(text(suggested)).request;
      return { names: tools.map((tool) => tool.name), remarks: api!.api.remarks };
    };
    const before = names([]);
    expect(before.remarks.filter(({ what }) => what.includes('used twice'))).toHaveLength(3);
    const ids = Object.fromEntries(
      before.remarks.flatMap(({ overlay }) => (overlay === undefined ? [] : [[overlay.target, overlay.update]])),
    ) as Record<string, object>;
    const targets = ["['/orders'].post", "['/orders/{id}'].get", "['/orders/all'].get", "['/goods'].get"];
    const mended = names(targets.map((target) => ids[`$.paths${target}`]));
    expect(mended.names).toEqual(before.names);
    expect(mended.remarks.filter(({ what }) => what.includes('used twice'))).toEqual([]);
  });

  it('[OPENAPI-COMPILE-14] have at most 64 characters, and say what their ends say', () => {
    const long = 'getTheListOfAllOfTheOrganizationAdministratorsWithPendingInvitationsForTheSelectedWorkspaceProject';
    const twin = long.replace('Pending', 'Expired');
    const names = uniqueNames([one('GET', '/a', long), one('GET', '/b', twin)]);
    for (const given of names) expect(given).toMatch(/^get_[a-z0-9_]{1,60}$/);
    expect(names[0]).not.toBe(names[1]);
    expect(names[0]).toContain('project');
  });

  it('[OPENAPI-COMPILE-14] are harmless whatever an operationId holds', () => {
    for (const id of [
      '"; process.exit(1); //',
      'a\nb',
      '__proto__',
      'constructor',
      '<script>',
      '../../etc/passwd',
      '`${x}`',
      '123',
      '   ',
    ])
      expect(name('GET', '/things', id)).toMatch(/^[a-z][a-z0-9]*(?:_[a-z0-9]+)*$/);
  });

  it('knows words and their singulars', () => {
    expect(nameWords('PostgreSQLDatabases')).toEqual(['postgresql', 'databases']);
    expect(['categories', 'boxes', 'addresses', 'status', 'news', 'releases', 'ids', 'series'].map(singular)).toEqual([
      'category',
      'box',
      'address',
      'status',
      'news',
      'release',
      'ids',
      'series',
    ]);
  });
});
