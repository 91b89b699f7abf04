import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { createCrafter } from '../../src/index.ts';
import type { Crafter } from '../../src/index.ts';
import { stopLeftover } from '../../src/storage/testing.ts';

/** For tests: one real mcp-crafter for the test file, in a temporary state folder, gone after its last test. */
export function withCrafter(): { crafter: Crafter; readonly stateFolder: string; reopen(): Promise<void> } {
  const held: { crafter?: Crafter; stateFolder?: string } = {};
  const open = async (): Promise<void> => {
    held.crafter = await createCrafter({ stateFolder: held.stateFolder });
  };
  beforeAll(async () => {
    held.stateFolder = await mkdtemp(join(tmpdir(), 'engine-'));
    process.once('exit', () => stopLeftover(held.stateFolder));
    await open();
  });
  afterAll(async () => {
    await held.crafter?.close();
    stopLeftover(held.stateFolder);
    await rm(held.stateFolder ?? '', { recursive: true, force: true });
  });
  return {
    get crafter() {
      if (held.crafter === undefined) throw new Error('withCrafter() opens before the first test, not earlier.');
      return held.crafter;
    },
    get stateFolder() {
      return held.stateFolder ?? '';
    },
    async reopen() {
      await held.crafter?.close();
      await open();
    },
  };
}

/** A form with three small tools; `change` replaces fields. */
export function form(name: string, change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    server_name: name,
    description: 'Small calculations with numbers and words.',
    custom_tools: [
      {
        name: 'add_numbers',
        description: 'Adds two numbers and returns their sum. It does not round.',
        parameters: {
          a: { type: 'number', description: 'First summand.' },
          b: { type: 'number', description: 'Second summand.' },
        },
        implementation: 'return { sum: a + b };',
        output: { type: 'object', properties: { sum: { type: 'number' } }, required: ['sum'] },
        examples: [{ arguments: { a: 2, b: 3 }, expect: { equals: { sum: 5 } } }],
      },
      {
        name: 'get_initials',
        description: 'Returns the initials of a name in upper case. It does not change the name.',
        parameters: { name: { type: 'string', description: 'A full name.', maxLength: 200 } },
        implementation: "return name.split(/\\s+/).map((part: string) => part.charAt(0).toUpperCase()).join('');",
        examples: [{ arguments: { name: 'ada lovelace' }, expect: { contains: 'AL' } }],
      },
      {
        name: 'get_season',
        description: 'Returns the northern season of a month. It refuses what is no month.',
        parameters: { month: { type: 'integer', minimum: 1, maximum: 12, description: 'Month, 1 to 12.', default: 1 } },
        implementation: "return { season: ['winter', 'spring', 'summer', 'autumn'][Math.floor((month % 12) / 3)] };",
        examples: [{ arguments: { month: 7 }, expect: { contains: 'summer' } }],
      },
    ],
    ...change,
  };
}
