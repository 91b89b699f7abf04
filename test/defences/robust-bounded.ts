import type { Defence, Edit } from './define.ts';
import { without } from './sandbox-edits.ts';

/** What strangers wrote holds nothing up. */
const bounded = (promise: string, edit: Edit, tests: string, titles: readonly string[]): Defence =>
  without(promise, [edit], tests, ['ROBUST-12'], titles);
const schema = 'src/sources/openapi/compile/schema/';
const patterns = 'src/sources/openapi/compile/pattern.test.ts';
const testing = 'src/languages/typescript/testing/';
const judging = 'src/verify/json-schema/';

export const defences: readonly Defence[] = [
  bounded(
    'Repetitions are multiplied by how often they are repeated',
    { file: `${schema}pattern.ts`, from: 'isEndless(token) ? 0 : Math.max(0, most - 1)', to: '0' },
    patterns,
    ['leaves out ^(?:b*|c*){9}!', 'leaves out ^(?:a|ab|b){50}$'],
  ),
  bounded(
    'Many options in a row are looked at',
    { file: `${schema}pattern.ts`, from: 'mostOptions = 20', to: 'mostOptions = Infinity' },
    patterns,
    ['leaves out ^(?:a?){60}a{60}$', 'leaves out ^a?a?a?'],
  ),
  bounded(
    'Ways without loops are counted',
    { file: `${schema}pattern-cost.ts`, from: 'waysOf(positions) > mostWays', to: 'mostWays < 0' },
    patterns,
    ['leaves out ^a?a?a?', 'leaves out ^(ab)?(ab)?'],
  ),
  bounded(
    'Ways to read nothing are counted',
    { file: `${schema}pattern-cost.ts`, from: 'positions.empties > mostEmpties', to: 'mostEmpties < 0' },
    patterns,
    ['leaves out ^(?:|){60}!'],
  ),
  bounded(
    'Looking at a pattern has an end',
    { file: `${schema}positions.ts`, from: 'mostSteps = 20_000', to: 'mostSteps = Infinity' },
    patterns,
    ['leaves out (?:(?:(?:(?:'],
  ),
  bounded(
    'A document’s patterns are run on its defaults under a clock',
    {
      file: `${schema}default.ts`,
      from: 'context.inTime(() => expression.test(value))',
      to: 'expression.test(value)',
    },
    patterns,
    ['comes to no end in time does not fit it'],
  ),
  bounded(
    'Patterns are run under a clock to find texts for them',
    { file: `${testing}text-of.ts`, from: 'inTime(() => textOf(schema))', to: 'inTime(() => "") + textOf(schema)' },
    `${testing}testing.test.ts`,
    ['has no text that fits'],
  ),
  bounded(
    'Requests are judged under a clock',
    { file: `${testing}try-operation.ts`, from: 'return inTime(judge);', to: 'return judge();' },
    `${testing}try-operation.test.ts`,
    ['is not judged'],
  ),
  bounded(
    'What runs under a clock has a time for all of it',
    { file: 'src/util/within-time.ts', from: 'left -= performance.now() - began', to: 'left -= 0 * began' },
    'src/util/within-time.test.ts',
    ['a time for all of it together'],
  ),
  bounded(
    'Patterns of a schema have a time for all of them',
    { file: `${judging}sample-text.ts`, from: 'timeFor(800, 200)', to: 'timeFor(800_000, 200)' },
    `${judging}json-schema.test.ts`,
    ['have a time for all of them together'],
  ),
  bounded(
    'A made-up value is finished in its time',
    { file: `${judging}sample.ts`, from: 'performance.now() > state.until', to: 'state.until < 0' },
    `${judging}json-schema.test.ts`,
    ['the rest is null'],
  ),
  bounded(
    'A schema that is not compiled in time is not tried again',
    { file: `${judging}validate.ts`, from: 'return new Error(tooLarge);', to: 'throw new Error(tooLarge);' },
    `${judging}json-schema.test.ts`,
    ['is tried once'],
  ),
  bounded(
    'A compiler that was stopped is not used again',
    { file: `${judging}validate.ts`, from: 'engines.delete(age);', to: '' },
    `${judging}json-schema.test.ts`,
    ['leaves the compiler as it was'],
  ),
  bounded(
    'References of a schema are followed once each',
    { file: 'src/sources/schema-check.ts', from: 'way.sound.add(ref);', to: '' },
    'src/sources/schema-check.test.ts',
    ['are followed once each'],
  ),
  bounded(
    'References of a schema are not written out',
    { file: 'src/sources/schema-check.ts', from: 'inlineRefs: false', to: 'inlineRefs: true' },
    'src/sources/schema-check.test.ts',
    ['make its code once'],
  ),
];
