import { defineRequirements } from './define.ts';

/** Each part of the OpenAPI source has a block of its own, so that numbers stay when another grows. */
const reading = defineRequirements('OPENAPI-READ', [
  [
    'Swagger 2.0, OpenAPI 3.0, 3.1 and 3.2 are recognised in JSON and YAML; what only mentions them is not.',
    'OpenAPI 3.1.1, 4.8.1',
  ],
]);

const serving = defineRequirements('OPENAPI-SERVER', [
  [
    'Within the budget every operation is a tool; above it search, describe and call tools stand for them, in under 2,000 tokens.',
    'design: OpenAPI, Size',
  ],
  ['Pins and a given shape stand over the budget; the plan says why, with the figures.', 'design: OpenAPI, Size'],
  ['Listed tools hold the schemas that they need and no others; recursion is kept.', 'design: OpenAPI, Makes'],
  [
    'A server’s operations are one data file; what no operation uses is not part of the server.',
    'design: OpenAPI, Makes',
  ],
  [
    'Generated tests call each operation against a stand-in and judge the request by reading it back.',
    'design: OpenAPI, Makes',
  ],
  [
    'The judge finds a parameter, body, credential or path that is missing, changed or in another place.',
    'design: OpenAPI, Makes',
  ],
  ['Values made for calls fit their schemas: patterns, lengths, combinations, recursion.', 'design: OpenAPI, Makes'],
  ['An ejected operation is plain code that sends the same request.', 'design: OpenAPI, Makes'],
  ['Verification calls every operation once, within a bounded time.', 'design: OpenAPI, Must reach'],
]);

export const openapiRequirements = [...reading, ...serving];
