import fc from 'fast-check';
import type { CheckContext, Json, JsonSchema, ServerAnswer, ServerTool } from '../../../src/spec/index.ts';
import { faultOf } from '../../../src/verify/checks/faults.ts';
import { wrongInputs } from '../../../src/verify/json-schema/mutate.ts';
import { randomFrom } from '../../../src/verify/random.ts';
import { sample } from '../../../src/verify/json-schema/sample.ts';
import { schemaFaults } from '../../../src/verify/json-schema/validate.ts';
import { spoiledJson, target, type FuzzTarget } from '../../support/fuzz.ts';

const schema = {
  type: 'object',
  $defs: { line: { type: 'object', properties: { price: { type: 'number', minimum: 0, multipleOf: 0.01 } } } },
  properties: {
    id: { type: 'string', pattern: '^[a-z]+-[0-9]{2,4}$', minLength: 4, maxLength: 20 },
    at: { type: 'string', format: 'date-time' },
    lines: { type: 'array', items: { $ref: '#/$defs/line' }, maxItems: 5, uniqueItems: true },
    kind: { enum: ['a', 'b', null] },
    either: { oneOf: [{ type: 'integer' }, { type: 'string', format: 'uri' }] },
  },
  required: ['id'],
  additionalProperties: false,
};
const value = { id: 'ab-12', at: '2026-01-01T00:00:00Z', lines: [{ price: 1.5 }], kind: null, either: 3 };

/** As verification reads a tool's schemas and an answer to it, whoever made the server. */
function judge([schemaText, valueText]: readonly [string, string]): void {
  const [declared, given] = [readJson(schemaText), readJson(valueText)];
  if (declared === undefined || given === undefined || schemaFaults(declared).length > 0) return;
  const inputSchema = declared as JsonSchema;
  const tool = { name: 'look', inputSchema, outputSchema: inputSchema } as unknown as ServerTool;
  const right = sample(inputSchema, randomFrom('fuzz'), true);
  wrongInputs(inputSchema, right as { [key: string]: Json });
  const answer = { outcome: 'ok', text: valueText, structured: given } as ServerAnswer;
  faultOf(answer, tool, { leaks: () => [] } as unknown as CheckContext);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What a server that is verified declares and answers. */
export const schemaTargets: readonly FuzzTarget[] = [
  target('schemas and answers of servers', 2, fc.tuple(spoiledJson([schema]), spoiledJson([value])), judge),
];
