import { expect, it } from 'vitest';
import type { HttpParameter } from '../runtime/api-file.ts';
import { operation } from '../runtime/api-testing.ts';
import type { SentRequest } from './judge-request.ts';
import { attemptOf, judgeAttempt, tryOperation, type TriedApi } from './try-operation.ts';

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

it('[ROBUST-12] a request that cannot be told from its description in time is not judged', () => {
  const names = ['p', 'q', 'r', 's', 't', 'u'];
  const path = `/${names.map((name) => `{${name}}`).join('a')}`;
  const parameters = names.map((name): HttpParameter => {
    return { argument: name, name, in: 'path', style: 'simple', explode: false };
  });
  const hostile = operation({ path, parameters }, { name: 'find' });
  const sent = [{ method: 'GET', url: `/${'a'.repeat(90)}/`, headers: {}, body: new Uint8Array() }];
  const attempt = attemptOf(api, hostile);
  const verdict = judgeAttempt(api, attempt, { isError: false, text: '', sent }, { base: () => '', credentials: {} });
  expect(verdict).toMatchObject({ status: 'skipped' });
});
