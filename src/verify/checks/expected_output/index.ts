import { defineCheck, type CheckCase, type ExpectedOutput } from '../../../spec/index.ts';
import { cut, words } from '../../../util/index.ts';
import { isObject } from '../arguments.ts';
import { failed, passed, skipped } from '../style.ts';
import { runFlow, type Product } from './flow.ts';

export const expectedOutput = defineCheck({
  name: 'expected_output',
  level: 'L3',
  summary: 'Each expected output of the request is found in what the tools produce from example data.',
  applies: (context) => context.callable && (context.blueprint?.expectedOutputs.length ?? 0) > 0,
  run: (context) =>
    context.trial('flow', async (server) => {
      const { blueprint } = context;
      if (!blueprint) return {};
      const products = await runFlow(server, blueprint, context);
      return {
        cases: blueprint.expectedOutputs.map((expected, index) => ({
          ...judge(expected, products),
          case: String(index + 1),
        })),
      };
    }),
});

function judge(expected: ExpectedOutput, products: readonly Product[]): CheckCase {
  const what = `“${cut(expected.description, 100)}”`;
  const product = find(expected, products);
  if (!product)
    return failed(
      `No tool was found that gives ${what}.`,
      'Name the tool that gives it in expectedOutputs of the Blueprint.',
      { severity: 'warning' },
    );
  const more = { tool: product.tool.name };
  if (product.answer.outcome !== 'ok') {
    if (product.asked !== undefined)
      return skipped(`${what} depends on ${product.asked}, which verification does not reach.`, more);
    return failed(
      `${what} was not produced: ${cut(product.answer.text, 200)}`,
      'Mend the tool that should give it, or its example.',
      more,
    );
  }
  const fault = faultOf(expected, product);
  if (fault !== undefined) return failed(`${what}: ${fault}`, 'Mend the tool that should give it.', more);
  const file = [...product.files.keys()].find((name) => !name.startsWith('datasets/')) ?? [...product.files.keys()][0];
  return passed(`${what} is what ${product.tool.name} produces${file ? `, in ${file}` : ''}.`, more);
}

const formats: Readonly<Record<string, RegExp>> = { json: /\.json$/i, csv: /\.csv$/i, xml: /\.xml$/i };

/** What is missing in the product, or undefined when it holds what the words ask for. */
function faultOf({ description }: ExpectedOutput, { answer, files }: Product): string | undefined {
  const empty =
    answer.text.trim() === '' && (!isObject(answer.structured) || Object.keys(answer.structured).length === 0);
  if (empty && files.size === 0) return 'the tool answered with nothing.';
  const hollow = [...files].find(([, text]) => text.trim() === '');
  if (hollow && files.size === 1) return `the file ${hollow[0]} is empty.`;
  const named = words(description).find((word) => word in formats);
  const ending = named === undefined ? undefined : formats[named];
  const written = ending && [...files].find(([name]) => ending.test(name));
  if (named === 'json' && written && written[1].length < 100_000 && !isJson(written[1]))
    return `the file ${written[0]} is not valid JSON.`;
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const fillers = new Set([
  'a',
  'an',
  'the',
  'of',
  'in',
  'with',
  'and',
  'or',
  'to',
  'for',
  'from',
  'data',
  'format',
  'tool',
  'that',
]);

/** The product of the tool that is named, else of the one whose words have most in common with the description. */
function find(expected: ExpectedOutput, products: readonly Product[]): Product | undefined {
  if (expected.tool !== undefined) return products.find(({ tool }) => tool.name === expected.tool);
  const wanted = words(expected.description)
    .filter((word) => !fillers.has(word))
    .map(stemOf);
  const scored = products.map((product) => {
    const { name, title, description } = product.tool;
    const strong = new Set(words(`${name} ${title}`).map(stemOf));
    const weak = new Set(words(`${description} ${[...product.files.keys()].join(' ')}`).map(stemOf));
    return { product, score: wanted.reduce((sum, word) => sum + (strong.has(word) ? 3 : weak.has(word) ? 1 : 0), 0) };
  });
  const best = scored.reduce<(typeof scored)[number] | undefined>(
    (top, one) => (one.score > (top?.score ?? 0) ? one : top),
    undefined,
  );
  return best?.product;
}

const stemOf = (word: string): string => word.slice(0, 5);
