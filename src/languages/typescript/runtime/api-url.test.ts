import { describe, expect, it } from 'vitest';
import type { HttpCall, HttpParameter } from './api-file.ts';
import { addHeaders } from './api-headers.ts';
import { requestUrl } from './api-url.ts';

type Given = Partial<HttpParameter> & Pick<HttpParameter, 'name' | 'in'>;

function call(path: string, ...parameters: Given[]): HttpCall {
  const styles = { path: 'simple', header: 'simple', query: 'form', querystring: 'form', cookie: 'form' } as const;
  return {
    kind: 'http',
    method: 'GET',
    path,
    parameters: parameters.map((given) => {
      const style = given.style ?? styles[given.in];
      return { argument: given.name, style, explode: style === 'form', ...given };
    }),
  };
}

function url(operation: HttpCall, args: Record<string, unknown> = {}, base = 'https://api.example.com/v1'): string {
  return requestUrl(base, operation, args).href;
}

function headers(operation: HttpCall, args: Record<string, unknown>): Record<string, string> {
  const all = new Headers();
  addHeaders(all, operation, args);
  return Object.fromEntries(all);
}

describe('the address of a call', () => {
  it('[OPENAPI-CALL-2] joins base and path, whatever slashes and queries they have', () => {
    expect(url(call('/pets'), {}, 'https://h.example/')).toBe('https://h.example/pets');
    expect(url(call('pets'), {}, 'https://h.example/v1//')).toBe('https://h.example/v1/pets');
    expect(url(call('/'), {}, 'https://h.example/v1/')).toBe('https://h.example/v1/');
    const search = call('/pets', { name: 'q', in: 'query' });
    expect(url(search, { q: 1 }, 'https://h.example/v1?key=a')).toBe('https://h.example/v1/pets?key=a&q=1');
  });

  it('[OPENAPI-CALL-2] keeps a query written into the path and drops a fragment', () => {
    const baked = call('/?Action=List#{x}', { name: 'q', in: 'query' });
    expect(url(baked, { q: 'a' })).toBe('https://api.example.com/v1/?Action=List&q=a');
  });

  it('[OPENAPI-CALL-3] keeps a path value inside its place', () => {
    const pet = call('/pets/{id}/tags', { name: 'id', in: 'path' });
    expect(url(pet, { id: 'a/../b?c#d' })).toBe('https://api.example.com/v1/pets/a%2F..%2Fb%3Fc%23d/tags');
    expect(url(pet, { id: 'a\\b' })).toContain('/pets/a%5Cb/tags');
    for (const id of ['.', '..']) expect(() => url(pet, { id })).toThrow('another path');
    const pair = call('/{a}{b}/x', { name: 'a', in: 'path' }, { name: 'b', in: 'path' });
    expect(() => url(pair, { a: '.', b: '.' })).toThrow('another path');
    const reserved = call('/files/{p}', { name: 'p', in: 'path', allowReserved: true });
    expect(() => url(reserved, { p: '%2e%2E' })).toThrow('another path');
    expect(url(reserved, { p: 'a:b/c' })).toBe('https://api.example.com/v1/files/a:b%2Fc');
  });

  it('[OPENAPI-CALL-3] refuses an empty path value by name', () => {
    const pet = call('/pets/{petId}', { name: 'petId', in: 'path', argument: 'pet_id' });
    for (const value of ['', null, undefined, [], {}])
      expect(() => url(pet, { pet_id: value })).toThrow('The argument pet_id is empty');
  });

  it('[OPENAPI-CALL-1] leaves out what is absent or null, and keeps an empty text', () => {
    const list = call('/', { name: 'a', in: 'query' }, { name: 'b', in: 'query' }, { name: 'c', in: 'query' });
    expect(url(list, { a: null, b: '', c: [] })).toBe('https://api.example.com/v1/?b=');
    expect(url(call('/', { name: 'a', in: 'query', required: true }), { a: [] })).toContain('?a=');
    expect(url(list, { a: false, b: 0 })).toContain('?a=false&b=0');
  });

  it('[OPENAPI-CALL-1] keeps reserved characters where allowed, except those that end a value', () => {
    const search = call('/', { name: 'q', in: 'query', allowReserved: true });
    expect(url(search, { q: 'a:/?@!$(),;=b%2Fc' })).toContain('?q=a:/?@!$(),;=b%2Fc');
    expect(url(search, { q: 'a&b+c#d[e' })).toContain('?q=a%26b%2Bc%23d%5Be');
  });

  it('[OPENAPI-CALL-1] writes parameters with a media type by that type', () => {
    const filter = call('/', { name: 'filter', in: 'query', content: 'application/json' });
    expect(url(filter, { filter: { a: ['b'] } })).toContain(`?filter=${encodeURIComponent('{"a":["b"]}')}`);
    expect(url(filter, { filter: 'x' })).toContain('?filter=%22x%22');
    expect(url(call('/', { name: 'q', in: 'query', content: 'text/plain' }), { q: 'x' })).toContain('?q=x');
  });

  it('[OPENAPI-CALL-1] takes the whole query as one value (3.2)', () => {
    const form = call('/', { name: 'q', in: 'querystring', content: 'application/x-www-form-urlencoded' });
    expect(url(form, { q: { a: 'x y', b: [1, 2] } })).toContain('/?a=x+y&b=1&b=2');
    const json = call('/', { name: 'q', in: 'querystring', content: 'application/json' });
    expect(url(json, { q: { a: 1 } })).toContain('/?%7B%22a%22%3A1%7D');
  });
});

describe('the headers of a call', () => {
  it('[OPENAPI-CALL-4] writes header values as they are, in simple style', () => {
    const operation = call('/', { name: 'X-Ids', in: 'header' }, { name: 'X-Map', in: 'header', explode: true });
    expect(headers(operation, { 'X-Ids': [1, 2], 'X-Map': { a: 'b c' } })).toEqual({
      'x-ids': '1,2',
      'x-map': 'a=b c',
    });
  });

  it('[OPENAPI-CALL-4] lets no value break out of its header', () => {
    const operation = call('/', { name: 'X-Name', in: 'header' }, { name: 'Host', in: 'header' });
    expect(() => headers(operation, { 'X-Name': 'a\r\nX-Admin: 1' })).toThrow(
      'header X-Name holds a control character',
    );
    expect(headers(operation, { 'X-Name': 'Zoë 1', Host: 'evil.example' })).toEqual({ 'x-name': 'Zo%C3%AB 1' });
  });

  it('[OPENAPI-CALL-4] writes cookies encoded, in one header', () => {
    const operation = call('/', { name: 'sid', in: 'cookie' }, { name: 'tags', in: 'cookie', explode: false });
    expect(headers(operation, { sid: 'a;b c', tags: ['x', 'y'] })).toEqual({ cookie: 'sid=a%3Bb%20c; tags=x,y' });
  });
});

it('[OPENAPI-CALL-2] keeps a backslash of a path, which is no slash', () => {
  const name = 'a\\b';
  expect(url(call(`/x\\y/{${name}}`, { name, in: 'path' }), { [name]: '\\' })).toBe(
    'https://api.example.com/v1/x%5Cy/%5C',
  );
});
