import { blueprint, type Blueprint } from '../spec/index.ts';

/** Text that would break out of code, comments, Markdown, JSON and env files if it could. */
export const hostile =
  '*/ `${process.exit(1)}` \'";\n</script> | [x](javascript:alert(1)) \\ \u2028\u202E\u{E0041} <!-- # $(touch /tmp/x) %s';

/** Bodies in the language under test. */
export interface SampleBodies {
  /** Returns `{ text }` with its parameter `text` as it is. */
  readonly echo: string;
  /** Prints to standard output, then returns `{ printed: true }`. */
  readonly print: string;
  /** Tries to end the process. */
  readonly exit: string;
  /** Never returns, and leaves the rest of the server responsive. */
  readonly hang: string;
  /** Throws an error with the message `broken`. */
  readonly fail: string;
  /** Untyped code as people write it; returns a count of words by word. */
  readonly loose: string;
  /** Has a type error on its second line. */
  readonly wrong: string;
  /** Does not parse: the error is on its second line. */
  readonly unparsable: string;
  /** Ends the function it stands in and goes on. */
  readonly breakout: string;
}

const annotations = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
const text = { type: 'string', maxLength: 5000, description: hostile };

/** A Blueprint whose every outside word is hostile, with a tool for each body. */
export function sampleBlueprint(
  language: Blueprint['language'],
  bodies: SampleBodies,
  names: readonly (keyof SampleBodies)[],
): Blueprint {
  return blueprint.parse({
    format: 1,
    name: 'hostile-sample',
    version: '1.2.3',
    title: hostile.slice(0, 100),
    description: hostile,
    language,
    tools: names.map((name) => ({
      name,
      title: hostile.slice(0, 100),
      description: `${name}: ${hostile}`,
      input: {
        type: 'object',
        properties: {
          text,
          'odd-name "\'`': { type: 'string', description: hostile, default: hostile },
          __proto__x: { type: 'string', description: 'x' },
        },
        required: ['text'],
      },
      ...(name === 'echo' && {
        output: {
          type: 'object',
          properties: { text: { type: 'string', description: 'The text.' } },
          required: ['text'],
        },
      }),
      annotations,
      implementation: { kind: 'code', code: bodies[name] },
      examples: name === 'echo' ? [{ arguments: { text: hostile }, expect: { equals: { text: hostile } } }] : [],
    })),
    environment: [
      { name: 'SAMPLE_KEY', description: hostile, required: true, secret: true },
      { name: 'SAMPLE_REGION', description: 'Where.', value: hostile },
    ],
    limits: { maxSeconds: 1 },
    provenance: { source: 'form', digest: '0'.repeat(64) },
  });
}
