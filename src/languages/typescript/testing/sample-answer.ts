import type { ApiFile, ApiOperation, Schema } from '../runtime/api-file.ts';
import { textsFor } from './text-of.ts';
import { valueOf } from './value-of.ts';

/** What a stand-in for the API answers with. */
export interface Reply {
  readonly status: number;
  /** Content-Type; absent when there is no body. */
  readonly type?: string;
  readonly body: string;
}

/** A successful answer by the operation's description. */
export function sampleAnswer(api: Pick<ApiFile, 'schemas'>, { outputSchema, implementation }: ApiOperation): Reply {
  const { accept = [], method } = implementation;
  const wanted = accept.find((type) => /json/i.test(type)) ?? accept[0];
  if (method === 'HEAD') return { status: 200, body: '' };
  if (wanted === undefined && outputSchema === undefined) return { status: 204, body: '' };
  const type = (wanted ?? 'application/json').replace('*/*', 'application/json').replace('/*', '/plain');
  if (!/json/i.test(type)) return { status: 200, type, body: /xml/.test(type) ? '<answer/>' : 'answer' };
  const properties = (outputSchema?.['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  const schemas = { ...api.schemas, ...(outputSchema?.['$defs'] as ApiFile['schemas']) };
  const sampling = { textOf: textsFor(api), schemas, full: true, examples: true };
  const data = valueOf(properties['data'] ?? { type: 'object' }, sampling);
  // Items one after the other, each on a line of its own, are no JSON as a whole.
  const separator = /json-seq/.test(type) ? '\u001E' : '';
  if (Array.isArray(data) && /jsonl|ndjson|json-seq/.test(type))
    return { status: 200, type, body: data.map((item) => `${separator}${JSON.stringify(item)}\n`).join('') };
  return { status: 200, type, body: JSON.stringify(data) };
}
