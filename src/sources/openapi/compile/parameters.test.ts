import { describe, expect, it } from 'vitest';
import { compiled, withOperation } from './testing.ts';

const parameter = (name: string, where: string, more: object = {}) => ({
  name,
  in: where,
  ...(where === 'path' && { required: true }),
  schema: { type: 'string' },
  ...more,
});

describe('parameters', () => {
  it('[OPENAPI-COMPILE-8] of the operation stand over those of its path, by name and location (4.8.9.1)', () => {
    const { tool, wire } = compiled({
      openapi: '3.1.0',
      paths: {
        '/things/{id}': {
          parameters: [parameter('id', 'path'), parameter('page', 'query', { schema: { type: 'string' } })],
          get: {
            operationId: 'one',
            parameters: [parameter('page', 'query', { required: true, schema: { type: 'integer' } })],
          },
        },
      },
    });
    expect(tool('one').input).toMatchObject({
      properties: { id: { type: 'string' }, page: { type: 'integer' } },
      required: ['id', 'page'],
      additionalProperties: false,
    });
    expect(wire('one').parameters.map(({ name }) => name)).toEqual(['id', 'page']);
  });

  it('[OPENAPI-COMPILE-8] have the style and explode of their location by default (4.8.12.2.1)', () => {
    const all = [
      parameter('p', 'path'),
      parameter('q', 'query'),
      parameter('h', 'header'),
      parameter('c', 'cookie'),
      parameter('pipe', 'query', { style: 'pipeDelimited' }),
      parameter('deep', 'query', { style: 'deepObject', explode: true }),
      parameter('wrong', 'header', { style: 'matrix' }),
    ];
    const { wire, remarks } = compiled(withOperation({ parameters: all }, { path: '/things/{p}' }));
    const styles = wire('one').parameters.map(({ name, style, explode }) => [name, style, explode]);
    expect(styles).toEqual([
      ['p', 'simple', false],
      ['q', 'form', true],
      ['pipe', 'pipeDelimited', false],
      ['deep', 'deepObject', true],
      ['h', 'simple', false],
      ['wrong', 'simple', false],
      ['c', 'form', true],
    ]);
    expect(remarks).toHaveLength(1);
  });

  it('[OPENAPI-COMPILE-8] of the headers Accept, Content-Type and Authorization are ignored (4.8.12.1)', () => {
    const names = ['Accept', 'content-type', 'AUTHORIZATION', 'X-Trace'];
    const { wire } = compiled(withOperation({ parameters: names.map((name) => parameter(name, 'header')) }));
    expect(wire('one').parameters.map(({ name }) => name)).toEqual(['X-Trace']);
  });

  it('[OPENAPI-COMPILE-8] get names that clients take, kept apart where they collide', () => {
    const given = [
      parameter('id', 'path'),
      parameter('id', 'query'),
      parameter('id', 'header'),
      parameter('filter[created][gte]', 'query'),
      parameter('filter_created_gte', 'query'),
      parameter('$top', 'query'),
      parameter('__proto__', 'query'),
      parameter('größe', 'query'),
      parameter('名前', 'query'),
      parameter('body', 'query'),
    ];
    const operation = { parameters: given, requestBody: { content: { 'application/json': {} } } };
    const { wire } = compiled(withOperation(operation, { path: '/things/{id}', method: 'put' }));
    const names = wire('one').parameters.map(({ argument }) => argument);
    expect(names).toEqual([
      'id',
      'id_in_query',
      'filter_created_gte',
      'filter_created_gte_in_query',
      'top',
      'proto',
      'grosse',
      expect.stringMatching(/^query_\w{6}$/),
      'body',
      'id_in_header',
    ]);
    expect(wire('one').body?.argument).toBe('request_body');
  });

  it('[OPENAPI-COMPILE-8] that the path names without declaring them are added, and those it does not name left out', () => {
    const { wire, remarks } = compiled(
      withOperation({ parameters: [parameter('other', 'path')] }, { path: '/things/{id}' }),
    );
    expect(wire('one').parameters).toMatchObject([{ name: 'id', in: 'path', required: true }]);
    expect(remarks.map(({ action }) => action)).toEqual(['left_out', 'mended']);
  });

  it('[OPENAPI-COMPILE-8] are taken from paths in other tools’ writing, and from queries in the path', () => {
    const reserved = compiled(withOperation({ parameters: [parameter('name', 'path')] }, { path: '/files/{name+}' }));
    expect(reserved.wire('one')).toMatchObject({ path: '/files/{name}', parameters: [{ name: 'name' }] });
    const query = compiled(
      withOperation({ parameters: [parameter('page', 'query')] }, { path: '/x?Action=Foo&page={page}#top' }),
    );
    expect(query.wire('one')).toMatchObject({ path: '/x?Action=Foo#top', parameters: [{ name: 'page', in: 'query' }] });
  });

  it('[OPENAPI-COMPILE-8] may be written by a media type, be empty, or be the whole query', () => {
    const { wire, takes } = compiled(
      withOperation(
        {
          parameters: [
            {
              name: 'filter',
              in: 'query',
              content: { 'application/json': { schema: { type: 'object', required: ['a'] } } },
            },
            parameter('flag', 'query', { allowEmptyValue: true, schema: { type: 'integer' } }),
          ],
        },
        {},
      ),
    );
    expect(wire('one').parameters[0]).toMatchObject({ content: 'application/json' });
    expect(takes('one', { filter: { a: 1 }, flag: '' })).toBe(true);
    expect(takes('one', { filter: {} })).toBe(false);
    expect(takes('one', { flag: 'no' })).toBe(false);
    const whole = compiled(
      withOperation(
        {
          parameters: [
            {
              name: 'all',
              in: 'querystring',
              content: { 'application/x-www-form-urlencoded': { schema: { type: 'object' } } },
            },
          ],
        },
        { openapi: '3.2.0' },
      ),
    );
    expect(whole.wire('one').parameters).toMatchObject([
      { in: 'querystring', content: 'application/x-www-form-urlencoded' },
    ]);
  });

  it('[OPENAPI-COMPILE-1] that are broken cost themselves alone', () => {
    const broken = [
      null,
      'text',
      { in: 'query' },
      { name: 'x' },
      { name: 'y', in: 'body' },
      { name: 'bad name', in: 'header' },
      { $ref: '#/nowhere' },
    ];
    const { wire, remarks } = compiled(
      withOperation({ parameters: [...broken, parameter('right', 'query')] as never }),
    );
    expect(wire('one').parameters.map(({ name }) => name)).toEqual(['right']);
    expect(remarks).toHaveLength(broken.length);
  });
});
