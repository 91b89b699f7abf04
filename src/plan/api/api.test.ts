import { describe, expect, it } from 'vitest';
import { createAnalyzer } from '../../analyze/index.ts';
import { recipes } from '../../library/index.ts';
import { request as requestSchema } from '../../spec/index.ts';
import type { Blueprint, JsonSchema } from '../../spec/index.ts';
import { createPlanner } from '../index.ts';
import { grantsNeeded } from '../texts.ts';

const schemas: Record<string, JsonSchema> = {
  Pet: {
    type: 'object',
    properties: { name: { type: 'string' }, parent: { $ref: '#/$defs/Pet' }, owner: { $ref: '#/$defs/Owner' } },
  },
  Owner: { type: 'object', properties: { name: { type: 'string' } } },
  Unused: { type: 'object' },
};

function operation(index: number, method = 'GET', description = 'Reads a pet and returns it.') {
  const reads = method === 'GET';
  return {
    name: `${reads ? 'get' : 'add'}_pet_${index}`,
    title: 'Pet',
    description,
    input: { type: 'object', properties: { body: { $ref: '#/$defs/Pet' } }, additionalProperties: false },
    annotations: { readOnlyHint: reads, destructiveHint: !reads, idempotentHint: reads, openWorldHint: true },
    implementation: {
      kind: 'http',
      method,
      path: `/pets/${index}`,
      tags: [index % 2 === 0 ? 'Even' : 'Odd'],
      accept: ['application/json'],
    },
  };
}

function planned(
  count: number,
  more: object = {},
  security: object = {},
  text?: string,
): { blueprint: Blueprint; why: string } {
  const request = requestSchema.parse({
    kind: 'openapi',
    digest: '0'.repeat(64),
    name: 'swagger-petstore',
    intent: 'Pets of a shop, on several servers.',
    tools: Array.from({ length: count }, (_, index) => operation(index, index % 3 === 0 ? 'POST' : 'GET', text)),
    api: {
      api: {
        title: 'Swagger Petstore API',
        version: '1',
        servers: [{ url: 'https://pets.example', variable: 'API_BASE_URL' }],
        schemas,
        security,
      },
      budget: { tools: 25, tokens: 10_000 },
      ...more,
    },
  });
  const [server] = createPlanner(recipes)(request, createAnalyzer(recipes)(request)).servers;
  return server!;
}

const names = ({ blueprint }: { blueprint: Blueprint }): string[] => blueprint.tools.map(({ name }) => name);
const tokens = ({ tools }: Blueprint): number =>
  JSON.stringify(
    tools.map(({ name, title, description, input, output, annotations }) => ({
      name,
      title,
      description,
      input,
      output,
      annotations,
    })),
  ).length / 4;

describe('the shape of an API', () => {
  it('[OPENAPI-SERVER-1] lists each operation within the budget, and tools to search and call above it', () => {
    const few = planned(25);
    expect(names(few)).toHaveLength(26);
    expect(names(few)).toContain('read_answer');
    expect(few.blueprint.catalogue).toBeUndefined();
    const many = planned(26);
    expect(names(many)).toEqual([
      'search_operations',
      'describe_operation',
      'call_read_operation',
      'call_write_operation',
      'read_answer',
    ]);
    expect(many.blueprint.catalogue).toHaveLength(26);
    expect(tokens(planned(3000).blueprint)).toBeLessThan(2000);
    expect(names(planned(20, {}, {}, 'Reads a pet. '.repeat(200)))).toContain('search_operations');
  });

  it('[OPENAPI-SERVER-2] obeys pins and a given shape, and says why', () => {
    const pinned = planned(60, { pins: ['even'] });
    expect(names(pinned)).toContain('get_pet_2');
    expect(names(pinned)).not.toContain('get_pet_1');
    expect(pinned.blueprint.catalogue!.map(({ name }) => name)).not.toContain('get_pet_2');
    expect(pinned.why).toMatch(
      /60 operations as tools cost about [\d,]+ tokens.*above the budget of 25 tools and 10,000 tokens.*30 of them pinned/s,
    );
    expect(names(planned(60, { shape: 'tools' }))).toHaveLength(61);
    const searched = planned(2, { shape: 'search' });
    expect(searched.why).toContain('the shape was asked for');
    expect(names(searched)).toContain('search_operations');
  });

  it('[OPENAPI-SERVER-3] gives listed tools the schemas that they need, and the catalogue none', () => {
    const [tool] = planned(1).blueprint.tools;
    expect(Object.keys(tool!.input['$defs'] as object)).toEqual(['Owner', 'Pet']);
    const { catalogue, api } = planned(40).blueprint;
    expect(catalogue![0]!.input['$defs']).toBeUndefined();
    expect(Object.keys(api!.schemas)).toContain('Pet');
  });

  it('asks for the very host of the API where that is not granted', () => {
    expect(grantsNeeded(planned(1).blueprint)).toContain(
      'Hosts it calls: --allow-host pets.example. No other host is reached.',
    );
  });

  it('keeps the name that was chosen, keeps its answers short and lists signing in where the API wants it', () => {
    const oauth = {
      type: 'oauth2',
      token: 'T',
      clientId: 'I',
      clientSecret: 'S',
      refreshToken: 'R',
      flow: 'authorizationCode',
    };
    const { blueprint } = planned(2, {}, { login: oauth });
    expect(blueprint).toMatchObject({ name: 'swagger-petstore', limits: { maxResultCharacters: 40_000 } });
    expect(blueprint.tools.map(({ name }) => name)).toContain('authorize');
  });
});
