import { describe, expect, it } from 'vitest';
import type { ApiOptions } from '../../../../spec/index.ts';
import { at, read, told } from '../testing.ts';

const swagger = (more: object): object => ({ swagger: '2.0', info: { title: 'T', version: '1' }, paths: {}, ...more });
const withOperation = (operation: object, more: object = {}): object =>
  swagger({ paths: { '/a': { post: operation } }, ...more });
const converted = (operation: object, pointer: string, more: object = {}): unknown =>
  at(read(withOperation(operation, more)), `/paths/~1a/post${pointer}`);

describe('Swagger Object', () => {
  it.each<[string, object, ApiOptions, string[]]>([
    [
      'https before http',
      { host: 'a.example', basePath: '/v1/', schemes: ['http', 'ws', 'https'] },
      {},
      ['https://a.example/v1', 'http://a.example/v1'],
    ],
    ['https for want of schemes', { host: 'a.example:8443' }, {}, ['https://a.example:8443']],
    [
      'the place of the document for want of a host',
      { basePath: 'v1' },
      { location: 'http://b.example:81/x/swagger.json' },
      ['http://b.example:81/v1'],
    ],
    ['a path alone', { basePath: '/v1' }, { location: '/home/swagger.json' }, ['/v1']],
    ['a host with a scheme in it', { host: 'https://a.example/x', basePath: '/v1' }, {}, ['https://a.example/v1']],
  ])('[OPENAPI-READ-7] takes as servers %s', (_name, more, options, urls) => {
    const document = read(withOperation({ responses: {} }, more), options);
    expect(at(document, '/servers')).toEqual(urls.map((url) => ({ url })));
  });

  it('[OPENAPI-READ-7] gives an operation with schemes of its own servers of its own', () => {
    expect(converted({ schemes: ['http'] }, '/servers', { host: 'a.example', schemes: ['https'] })).toEqual([
      { url: 'http://a.example' },
    ]);
    expect(converted({ schemes: ['https'] }, '/servers', { host: 'a.example', schemes: ['https'] })).toBeUndefined();
  });
});

describe('Parameter Object, collectionFormat', () => {
  const array = { type: 'array', items: { type: 'string' } };
  it.each([
    ['query', undefined, { style: 'form', explode: false }],
    ['query', 'csv', { style: 'form', explode: false }],
    ['query', 'ssv', { style: 'spaceDelimited', explode: false }],
    ['query', 'tsv', { style: 'tabDelimited', explode: false }],
    ['query', 'pipes', { style: 'pipeDelimited', explode: false }],
    ['query', 'multi', { style: 'form', explode: true }],
    ['path', 'csv', { style: 'simple', explode: false }],
    ['header', undefined, { style: 'simple', explode: false }],
  ])('[OPENAPI-READ-7] in %s, %s', (place, collectionFormat, style) => {
    const parameter = {
      name: 'p',
      in: place,
      ...array,
      ...(collectionFormat === undefined ? {} : { collectionFormat }),
    };
    expect(converted({ parameters: [parameter] }, '/parameters/0')).toEqual({
      name: 'p',
      in: place,
      ...style,
      schema: array,
    });
  });

  it('[OPENAPI-READ-7] takes as text what 3.0 has no style for: pipes in a path, a list in a list', () => {
    const nested = { type: 'array', items: { type: 'array', collectionFormat: 'pipes', items: { type: 'integer' } } };
    const document = read(
      withOperation({
        parameters: [
          { name: 'p', in: 'path', required: true, ...array, collectionFormat: 'pipes' },
          { name: 'q', in: 'query', ...nested },
        ],
      }),
    );
    expect(at(document, '/paths/~1a/post/parameters/0/schema')).toEqual({
      type: 'string',
      description: 'Items joined by `|`.',
    });
    expect(at(document, '/paths/~1a/post/parameters/1/schema')).toEqual({
      type: 'array',
      items: { type: 'string', description: 'Items joined by `|`.' },
    });
    expect(document.remarks).toHaveLength(2);
  });

  it('[OPENAPI-READ-7] keeps what binds the value, and the words', () => {
    const bounds = {
      type: 'integer',
      format: 'int32',
      minimum: 1,
      exclusiveMinimum: true,
      maximum: 9,
      default: 2,
      enum: [2, 3],
    };
    expect(
      converted(
        {
          parameters: [
            {
              name: 'p',
              in: 'query',
              description: 'd',
              required: true,
              allowEmptyValue: true,
              ...bounds,
              'x-example': 3,
            },
          ],
        },
        '/parameters/0',
      ),
    ).toEqual({
      name: 'p',
      in: 'query',
      description: 'd',
      required: true,
      allowEmptyValue: true,
      'x-example': 3,
      example: 3,
      schema: bounds,
    });
  });
});

describe('bodies', () => {
  const body = { name: 'pet', in: 'body', required: true, description: 'A pet', schema: { $ref: '#/definitions/Pet' } };
  const schema = { $ref: '#/components/schemas/Pet' };

  it.each<[string, object, object, string[]]>([
    ['JSON for want of consumes', {}, {}, ['application/json']],
    ["the document's", {}, { consumes: ['application/xml'] }, ['application/xml']],
    [
      "the operation's",
      { consumes: ['text/plain', 'application/json'] },
      { consumes: ['application/xml'] },
      ['text/plain', 'application/json'],
    ],
    [
      'JSON where the operation empties the list',
      { consumes: [] },
      { consumes: ['application/xml'] },
      ['application/json'],
    ],
  ])('[OPENAPI-READ-7] sends a body as %s', (_name, operation, more, types) => {
    expect(converted({ parameters: [body], ...operation }, '/requestBody', more)).toEqual({
      description: 'A pet',
      required: true,
      content: Object.fromEntries(types.map((type) => [type, { schema }])),
    });
  });

  it.each<[string, string, string[] | undefined, string]>([
    ['a file', 'file', undefined, 'multipart/form-data'],
    ['a file, whatever is consumed', 'file', ['application/x-www-form-urlencoded'], 'multipart/form-data'],
    ['fields', 'string', undefined, 'application/x-www-form-urlencoded'],
    ['fields where only multipart is consumed', 'string', ['multipart/form-data'], 'multipart/form-data'],
  ])('[OPENAPI-READ-7] sends formData with %s', (_name, type, consumes, media) => {
    const parameters = [{ name: 'f', in: 'formData', type, required: true, description: 'd' }];
    const content = converted({ parameters, ...(consumes === undefined ? {} : { consumes }) }, '/requestBody/content');
    const field = type === 'file' ? { type: 'string', format: 'binary', description: 'd' } : { type, description: 'd' };
    expect(content).toEqual({ [media]: { schema: { type: 'object', properties: { f: field }, required: ['f'] } } });
  });

  it('[OPENAPI-READ-7] writes lists in forms by their collectionFormat', () => {
    const list = (name: string, collectionFormat: string): object => ({
      name,
      in: 'formData',
      type: 'array',
      items: { type: 'string' },
      collectionFormat,
    });
    expect(
      converted(
        { parameters: [list('m', 'multi'), list('c', 'csv'), list('p', 'pipes')] },
        '/requestBody/content/application~1x-www-form-urlencoded/encoding',
      ),
    ).toEqual({
      m: { style: 'form', explode: true },
      c: { style: 'form', explode: false },
      p: { style: 'pipeDelimited', explode: false },
    });
  });

  it('[OPENAPI-READ-7] follows references to parameters of a body, and those of the path', () => {
    const document = read(
      swagger({
        paths: {
          '/a': {
            parameters: [{ $ref: '#/parameters/Body' }, { $ref: '#/parameters/Page' }],
            post: { responses: {} },
            put: { parameters: [{ name: 'x', in: 'formData', type: 'string' }] },
          },
        },
        parameters: { Body: body, Page: { name: 'page', in: 'query', type: 'integer' } },
      }),
    );
    expect(at(document, '/paths/~1a/parameters')).toEqual([{ $ref: '#/components/parameters/Page' }]);
    expect(at(document, '/components/parameters')).toEqual({
      Page: { name: 'page', in: 'query', schema: { type: 'integer' } },
    });
    expect(at(document, '/paths/~1a/post/requestBody/content/application~1json/schema')).toEqual(schema);
    expect(at(document, '/paths/~1a/put/requestBody/content')).toHaveProperty(['application/x-www-form-urlencoded']);
  });

  it('[OPENAPI-READ-7] leaves out what is broken, and that alone', () => {
    const document = read(
      withOperation({
        parameters: [
          body,
          7,
          { name: 'c', in: 'cookie' },
          { $ref: '#/parameters/None' },
          { name: 'q', in: 'query', type: 'string' },
          body,
        ],
      }),
    );
    expect(at(document, '/paths/~1a/post/parameters')).toEqual([
      { $ref: '#/components/parameters/None' },
      { name: 'q', in: 'query', schema: { type: 'string' } },
    ]);
    expect(at(document, '/paths/~1a/post/requestBody')).toBeDefined();
    expect(told(document)).toMatch(/parameters\/1 .*\n.*parameters\/2 .*\n.*more than one body/);
  });
});

describe('responses', () => {
  it('[OPENAPI-READ-7] become content by produces, with examples and headers', () => {
    const response = {
      description: 'ok',
      schema: { type: 'object' },
      examples: { 'application/json': { a: 1 } },
      headers: { 'X-Ids': { type: 'array', items: { type: 'integer' }, description: 'd' } },
    };
    expect(
      converted({ produces: ['application/json', 'application/xml'], responses: { 200: response } }, '/responses/200'),
    ).toEqual({
      description: 'ok',
      content: {
        'application/json': { schema: { type: 'object' }, example: { a: 1 } },
        'application/xml': { schema: { type: 'object' } },
      },
      headers: {
        'X-Ids': {
          description: 'd',
          style: 'simple',
          explode: false,
          schema: { type: 'array', items: { type: 'integer' } },
        },
      },
    });
  });

  it('[OPENAPI-READ-7] give files as bytes, and nothing where there is no schema', () => {
    expect(
      converted({ responses: { 200: { schema: { type: 'file' } }, 204: { description: 'none' } } }, '/responses'),
    ).toEqual({
      200: { content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
      204: { description: 'none' },
    });
  });

  it('[OPENAPI-READ-7] are shared where the operation produces what the document does', () => {
    const more = {
      responses: { Bad: { description: 'bad', schema: { $ref: '#/definitions/E' } } },
      produces: ['application/json'],
    };
    expect(converted({ responses: { default: { $ref: '#/responses/Bad' } } }, '/responses/default', more)).toEqual({
      $ref: '#/components/responses/Bad',
    });
    expect(
      converted(
        { produces: ['text/xml'], responses: { default: { $ref: '#/responses/Bad' } } },
        '/responses/default/content',
        more,
      ),
    ).toEqual({
      'text/xml': { schema: { $ref: '#/components/schemas/E' } },
    });
  });
});

describe('Schema Object', () => {
  it('[OPENAPI-READ-7] has its references, discriminator and null of 3.0', () => {
    const document = read(
      withOperation(
        { responses: { 200: { schema: { type: 'array', items: { $ref: '#/definitions/Pet%20One' } } } } },
        {
          definitions: {
            'Pet One': {
              discriminator: 'kind',
              properties: {
                kind: { type: 'string', 'x-nullable': true },
                $ref: { type: 'string' },
                discriminator: { type: 'string' },
              },
            },
            Cat: { allOf: [{ $ref: '#/definitions/Pet%20One' }, { example: { $ref: '#/definitions/Kept' } }] },
          },
        },
      ),
    );
    expect(at(document, '/paths/~1a/post/responses/200/content/application~1json/schema')).toEqual({
      type: 'array',
      items: { $ref: '#/components/schemas/Pet%20One' },
    });
    expect(at(document, '/components/schemas')).toEqual({
      'Pet One': {
        discriminator: { propertyName: 'kind' },
        properties: {
          kind: { type: 'string', 'x-nullable': true, nullable: true },
          $ref: { type: 'string' },
          discriminator: { type: 'string' },
        },
      },
      Cat: { allOf: [{ $ref: '#/components/schemas/Pet%20One' }, { example: { $ref: '#/definitions/Kept' } }] },
    });
  });

  it('[OPENAPI-READ-7] moves to the components when a reference leads into an operation', () => {
    const document = read(
      swagger({
        paths: {
          '/a': {
            get: {
              responses: {
                200: {
                  schema: { type: 'object', properties: { me: { $ref: '#/paths/~1a/get/responses/200/schema' } } },
                },
              },
            },
          },
          '/b': { get: { responses: { 200: { schema: { $ref: '#/paths/~1a/get/responses/200/schema' } } } } },
        },
      }),
    );
    const reference = at(document, '/paths/~1b/get/responses/200/content/application~1json/schema/$ref') as string;
    expect(at(document, reference.slice(1))).toEqual({ type: 'object', properties: { me: { $ref: reference } } });
  });
});

describe('Security Scheme Object', () => {
  it.each([
    [
      { type: 'basic', description: 'd' },
      { type: 'http', scheme: 'basic', description: 'd' },
    ],
    [
      { type: 'apiKey', in: 'header', name: 'K' },
      { type: 'apiKey', in: 'header', name: 'K' },
    ],
    [
      { type: 'oauth2', flow: 'application', tokenUrl: 'https://a/t', scopes: { r: 'read' } },
      { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://a/t', scopes: { r: 'read' } } } },
    ],
    [
      { type: 'oauth2', flow: 'accessCode', authorizationUrl: 'https://a/a', tokenUrl: 'https://a/t', scopes: {} },
      {
        type: 'oauth2',
        flows: { authorizationCode: { authorizationUrl: 'https://a/a', tokenUrl: 'https://a/t', scopes: {} } },
      },
    ],
    [
      { type: 'oauth2', flow: 'implicit', authorizationUrl: 'https://a/a' },
      { type: 'oauth2', flows: { implicit: { authorizationUrl: 'https://a/a', scopes: {} } } },
    ],
    [
      { type: 'oauth2', flow: 'password', tokenUrl: 'https://a/t', scopes: {} },
      { type: 'oauth2', flows: { password: { tokenUrl: 'https://a/t', scopes: {} } } },
    ],
  ])('[OPENAPI-READ-7] %j', (scheme, expected) => {
    const document = read(withOperation({ security: [{ s: [] }] }, { securityDefinitions: { s: scheme } }));
    expect(at(document, '/components/securitySchemes/s')).toEqual(expected);
    expect(at(document, '/paths/~1a/post/security')).toEqual([{ s: [] }]);
  });
});
