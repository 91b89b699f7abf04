import { describe, expect, it } from 'vitest';
import { api, at, read, refusal, told } from '../testing.ts';

const answer = (schema: unknown): object => ({
  get: { responses: { 200: { description: 'ok', content: { 'application/json': { schema } } } } },
});
const schemaAt = '/paths/~1a/get/responses/200/content/application~1json/schema';
const location = '/srv/api/openapi.yaml';

describe('several documents', () => {
  it('[OPENAPI-READ-8] become one tree, whatever they refer to', () => {
    const document = read(
      api({
        '/a': { $ref: 'paths.yaml#/~1a' },
        '/b/{id}': {
          get: {
            parameters: [{ $ref: './parts/parameters.yaml#/Id' }],
            responses: { 404: { $ref: 'parts/responses.json#/Missing' } },
          },
        },
      }),
      {
        location,
        files: {
          '/srv/api/paths.yaml':
            '/a: {get: {responses: {200: {content: {application/json: {schema: {$ref: parts/pet.yaml}}}}}}}',
          '/srv/api/parts/parameters.yaml':
            'Id: {name: id, in: path, required: true, schema: {$ref: "#/IdText"}}\nIdText: {type: string}',
          '/srv/api/parts/responses.json':
            '{"Missing": {"description": "none", "content": {"application/json": {"schema": {"$ref": "../openapi.yaml#/components/schemas/Error"}}}}}',
          '/srv/api/parts/pet.yaml': 'type: object\nproperties: {owner: {$ref: owner.yaml}}',
          '/srv/api/parts/owner.yaml': 'type: object\nproperties: {pets: {type: array, items: {$ref: "./pet.yaml#"}}}',
        },
      },
    );
    expect(document.remarks).toEqual([]);
    expect(at(document, schemaAt)).toEqual({ $ref: '#/x-referenced/pet' });
    expect(at(document, '/x-referenced/pet/properties/owner')).toEqual({ $ref: '#/x-referenced/owner' });
    expect(at(document, '/x-referenced/owner/properties/pets/items')).toEqual({ $ref: '#/x-referenced/pet' });
    expect(at(document, '/paths/~1b~1{id}/get/parameters/0')).toEqual({ $ref: '#/x-referenced/parameters/Id' });
    expect(at(document, '/x-referenced/parameters/Id/schema')).toEqual({ $ref: '#/x-referenced/parameters/IdText' });
    expect(at(document, '/x-referenced/responses/Missing/content/application~1json/schema')).toEqual({
      $ref: '#/components/schemas/Error',
    });
  });

  it('[OPENAPI-READ-8] keeps names apart, and what nothing refers to out', () => {
    const document = read(
      api({ '/a': answer({ allOf: [{ $ref: 'v1/pet.yaml' }, { $ref: 'v2/pet.yaml#/x%7Ey~1z' }] }) }),
      {
        location,
        files: {
          '/srv/api/v1/pet.yaml': 'type: object',
          '/srv/api/v2/pet.yaml': 'x~y/z: {type: string}',
          '/srv/api/other.yaml': 'type: integer',
        },
      },
    );
    expect(at(document, schemaAt)).toEqual({
      allOf: [{ $ref: '#/x-referenced/pet' }, { $ref: '#/x-referenced/pet_2/x%7Ey~1z' }],
    });
    expect(at(document, '/x-referenced/pet_2/x~0y~1z')).toEqual({ type: 'string' });
    expect(at(document, '/x-referenced/other')).toBeUndefined();
  });

  it('[OPENAPI-READ-8] leaves references to what is not there, with a remark that says why', () => {
    const document = read(
      api({
        '/a': answer({
          anyOf: [{ $ref: 'gone.yaml' }, { $ref: 'https://a.example/b.json#/c' }, { $ref: 'broken.yaml' }],
        }),
      }),
      {
        location,
        files: { '/srv/api/broken.yaml': 'a: [' },
      },
    );
    expect(at(document, `${schemaAt}/anyOf/0`)).toEqual({ $ref: 'gone.yaml' });
    expect(told(document)).toMatch(/gone\.yaml, referred to here, was not found/);
    expect(told(document)).toMatch(/a\.example\/b\.json, referred to here, .*--allow-remote-refs/);
    const missing = { '/srv/api/gone.yaml': 'is not read: hidden files are not' };
    expect(told(read(api({ '/a': answer({ $ref: 'gone.yaml' }) }), { location, missing }))).toMatch(
      /gone\.yaml, referred to here, is not read: hidden files are not\.$/m,
    );
    expect(told(document)).toMatch(/broken\.yaml cannot be read: .*line 1/);
    expect(told(read(api({ '/a': answer({ $ref: 'pet.yaml' }) })))).toMatch(/give the document as a file/);
  });

  it('[OPENAPI-READ-8] reads documents at URLs by their URL', () => {
    const files = {
      'https://a.example/api/pet.json': '{"$ref": "/shared.json#/Pet"}',
      'https://a.example/shared.json': '{"Pet": {"type": "object"}}',
    };
    const document = read(api({ '/a': answer({ $ref: 'pet.json' }) }), {
      location: 'https://a.example/api/openapi.json',
      files,
    });
    expect(at(document, '/x-referenced/pet')).toEqual({ $ref: '#/x-referenced/shared/Pet' });
  });

  it('[OPENAPI-READ-8] does not take data for references', () => {
    const schema = {
      properties: { example: { $ref: '#/components/schemas/A' }, default: { type: 'string' } },
      example: { $ref: 'a.yaml' },
      default: { $ref: 'b.yaml' },
      enum: [{ $ref: 'c.yaml' }],
      examples: [{ $ref: 'd.yaml' }],
    };
    const document = read(api({ '/a': answer(schema) }), { location });
    expect(at(document, schemaAt)).toEqual(schema);
    expect(document.remarks).toEqual([]);
  });

  it('[OPENAPI-READ-8] converts Swagger 2.0 in all of them', () => {
    const document = read(
      { swagger: '2.0', paths: { '/a': { $ref: 'paths.yaml#/a' } }, definitions: { E: { type: 'object' } } },
      {
        location,
        files: {
          '/srv/api/paths.yaml':
            'a: {post: {parameters: [{$ref: "#/body"}], responses: {200: {schema: {$ref: "#/Pet"}}}}}\nbody: {name: b, in: body, schema: {$ref: "#/Pet"}}\nPet: {discriminator: kind, properties: {e: {$ref: "openapi.yaml#/definitions/E"}}}',
        },
      },
    );
    expect(at(document, '/paths/~1a/post/requestBody/content/application~1json/schema')).toEqual({
      $ref: '#/x-referenced/paths/Pet',
    });
    expect(at(document, '/x-referenced/paths/Pet')).toEqual({
      discriminator: { propertyName: 'kind' },
      properties: { e: { $ref: '#/components/schemas/E' } },
    });
  });

  it('[OPENAPI-READ-4] bounds all of them together', () => {
    const files = Object.fromEntries(
      ['a', 'b', 'c'].map((name) => [`/srv/api/${name}.yaml`, `#${'x'.repeat(12_000_000)}`]),
    );
    expect(refusal(() => read(api({}), { location, files })).code).toBe('INPUT_TOO_LARGE');
  });
});

describe('identifiers', () => {
  it('[OPENAPI-READ-8] leads by $id and $anchor (JSON Schema 2020-12, 8.2)', () => {
    const schemas = {
      Pet: {
        $id: 'https://a.example/schemas/pet',
        $defs: { Name: { $anchor: 'name', type: 'string' } },
        properties: { name: { $ref: '#name' }, same: { $ref: '#/$defs/Name' }, owner: { $ref: 'owner' } },
      },
      Owner: { $id: 'https://a.example/schemas/owner', type: 'object' },
    };
    const document = read(
      api({ '/a': answer({ $ref: 'https://a.example/schemas/pet' }) }, { components: { schemas } }),
    );
    expect(at(document, schemaAt)).toEqual({ $ref: '#/components/schemas/Pet' });
    expect(at(document, '/components/schemas/Pet/properties')).toEqual({
      name: { $ref: '#/components/schemas/Pet/$defs/Name' },
      same: { $ref: '#/components/schemas/Pet/$defs/Name' },
      owner: { $ref: '#/components/schemas/Owner' },
    });
  });

  it('[OPENAPI-READ-8] leads by $self (OpenAPI 3.2, 4.1.2.2.1) and by where the file lies', () => {
    const document = read(
      api(
        {
          '/a': answer({ allOf: [{ $ref: 'https://a.example/v1/openapi#/components/schemas/A' }, { $ref: 'b.yaml' }] }),
        },
        { openapi: '3.2.0', $self: 'https://a.example/v1/openapi' },
      ),
      {
        location,
        files: { '/srv/api/b.yaml': 'type: object' },
      },
    );
    expect(at(document, schemaAt)).toEqual({
      allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/x-referenced/b' }],
    });
  });

  it('[OPENAPI-READ-5] mends names and fragments without their path', () => {
    const document = read(
      api(
        { '/a': answer({ allOf: [{ $ref: 'Pet' }, { $ref: '#components/schemas/Pet' }] }) },
        { components: { schemas: { Pet: {} } } },
      ),
    );
    expect(at(document, schemaAt)).toEqual({
      allOf: [{ $ref: '#/components/schemas/Pet' }, { $ref: '#/components/schemas/Pet' }],
    });
    expect(document.remarks.map(({ action }) => action)).toEqual(['mended', 'mended']);
  });

  it('[OPENAPI-READ-8] leads mappings of discriminators across documents (OpenAPI 3.1.1, 4.8.25)', () => {
    const document = read(api({ '/a': answer({ $ref: 'pet.yaml#/components/schemas/Pet' }) }), {
      location,
      files: {
        '/srv/api/pet.yaml':
          'components: {schemas: {Pet: {discriminator: {propertyName: k, mapping: {cat: Cat, dog: "#/components/schemas/Dog"}}}, Cat: {}, Dog: {}}}',
      },
    });
    expect(at(document, '/x-referenced/pet/components/schemas/Pet/discriminator/mapping')).toEqual({
      cat: '#/x-referenced/pet/components/schemas/Cat',
      dog: '#/x-referenced/pet/components/schemas/Dog',
    });
  });
});
