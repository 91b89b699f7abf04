import { blueprint } from '../../spec/index.ts';
import { sourceConformance } from '../conformance.ts';
import { blueprintSource } from './index.ts';

const whole = blueprint.parse({
  format: 1,
  name: 'word-count',
  version: '1.0.0',
  title: 'Word count',
  description: 'Counts words.',
  language: 'typescript',
  tools: [
    {
      name: 'count_words',
      title: 'Count words',
      description: 'Returns how many words a text has.',
      input: { type: 'object', properties: { text: { type: 'string', description: 'Text.' } }, required: ['text'] },
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      implementation: { kind: 'code', code: 'return { words: text.split(/\\s+/).length };' },
    },
  ],
  provenance: { source: 'form', digest: '0'.repeat(64) },
});

sourceConformance(blueprintSource, JSON.stringify(whole));
