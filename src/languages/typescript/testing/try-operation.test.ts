import { expect, it } from 'vitest';
import { operation } from '../runtime/api-testing.ts';
import type { SentRequest } from './judge-request.ts';
import { tryOperation, type TriedApi } from './try-operation.ts';

const find = operation(
  { path: '/find', parameters: [{ argument: 'word', name: 'word', in: 'query', style: 'form', explode: true }] },
  { name: 'find', inputSchema: { type: 'object', properties: { word: { type: 'string' } } } },
);
const api = { title: 'Words', version: '1', servers: [], tools: [find] };

/** Words that a server, which refuses some, was called with. */
async function wordsTried(examples: TriedApi['examples'], refuse: (word: string) => boolean): Promise<string[]> {
  const words: string[] = [];
  let sent: SentRequest[] = [];
  const verdict = await tryOperation({ ...api, ...(examples && { examples }) }, find, {
    credentials: {},
    base: () => '',
    answer: () => undefined,
    requests: () => sent,
    async call(_, { word }) {
      words.push(String(word));
      sent = [];
      if (refuse(String(word))) return { isError: true, text: 'Invalid arguments for find: no such word' };
      const url = `/find?word=${encodeURIComponent(String(word))}`;
      sent = [{ method: 'GET', url, headers: {}, body: new Uint8Array() }];
      return { isError: false, text: '' };
    },
  });
  expect(verdict).toEqual({ status: 'passed', problems: [] });
  return words;
}

it('[OPENAPI-SERVER-10] calls with the examples of the document, and without those that are refused', async () => {
  const examples = { find: { word: 'sparrow' } };
  expect(await wordsTried(examples, () => false)).toEqual(['sparrow']);
  const [first, second, ...more] = await wordsTried(examples, (word) => word === 'sparrow');
  expect([first, more]).toEqual(['sparrow', []]);
  expect(second).not.toBe('sparrow');
  expect(await wordsTried(undefined, () => false)).toEqual([second]);
});
