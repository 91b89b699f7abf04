import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourceConformance } from '../conformance.ts';
import { promptSource } from './index.ts';

sourceConformance(promptSource, readFileSync('examples/report-folder.prompt.txt', 'utf8'));

it.each([
  [
    'Make an MCP server from the OpenAPI document https://a.example/openapi.json',
    'create https://a.example/openapi.json',
  ],
  ['Turn our swagger file ./docs/api.yaml into an MCP server', 'create ./docs/api.yaml'],
  ['Make a server from the OpenAPI spec of the pet store', 'create FILE_OR_URL'],
])('[SOURCES-1] %s: the document itself is asked for', (words, remedy) => {
  const problems = [expect.objectContaining({ field: 'prompt', remedy: expect.stringContaining(remedy) })];
  expect(() => promptSource.read(words, undefined, {})).toThrow(expect.objectContaining({ problems }));
});

it.each([
  'Call our REST service with a bearer key. There is an openapi file, I can attach it.',
  'Search the folder for OpenAPI documents and read those that were found',
])('[SOURCES-1] %s: words that only mention such a document are a request', (words) => {
  expect(promptSource.read(words, undefined, {}).request.intent).toBe(words);
});
