import { isDeepStrictEqual } from 'node:util';
import type { Expected, ExpectedPart, OwnCall } from './own-case.ts';
import type { Recorded } from './mock.ts';

/** What differs between what came out and what the specification says; empty when nothing does. */
export function differences(call: OwnCall, request: Recorded | undefined, answer: Answered): string[] {
  const { request: expected, refused, result } = call;
  if (refused !== undefined) return refusalDifferences(refused, request, answer);
  if (request === undefined) return [`no request: ${answer.text.slice(0, 300)}`];
  return [
    ...(expected === undefined ? [] : requestDifferences(call, expected, request)),
    ...(answer.isError ? [`ended with an error: ${answer.text.slice(0, 300)}`] : []),
    ...(result === undefined || holds(answer.structured, result)
      ? []
      : [`result ${show(answer.structured)} instead of ${show(result)}`]),
  ];
}

export interface Answered {
  readonly isError: boolean;
  readonly text: string;
  readonly structured: unknown;
}

function refusalDifferences(refused: true | string, request: Recorded | undefined, answer: Answered): string[] {
  if (!answer.isError)
    return [`not refused; ${request === undefined ? 'no request' : `sent ${request.url} ${request.body}`}`];
  if (refused === true) return request === undefined ? [] : [`refused, but only after ${request.url} was sent`];
  return answer.text.includes(refused) ? [] : [`the error does not say "${refused}": ${answer.text.slice(0, 200)}`];
}

function requestDifferences(call: OwnCall, expected: Expected, request: Recorded): string[] {
  const method = expected.method ?? call.operation.split(' ')[0];
  const url = expected.url === request.url || (expected.xml === undefined && expected.or === request.url);
  return [
    ...(method === request.method ? [] : [`method ${request.method} instead of ${method}`]),
    ...(url ? [] : [`${request.url} instead of ${expected.url}`]),
    ...Object.entries(expected.headers ?? {}).flatMap(([name, value]) => headerDifference(name, value, request)),
    ...bodyDifferences(expected, request),
  ];
}

function headerDifference(name: string, wanted: string | null, request: Recorded): string[] {
  const value = request.headers[name];
  const pattern = /^\/(.*)\/$/.exec(wanted ?? '')?.[1];
  const text = Array.isArray(value) ? value.join(', ') : value;
  const fits =
    wanted === null
      ? text === undefined
      : pattern === undefined
        ? text === wanted
        : new RegExp(pattern).test(text ?? '');
  return fits ? [] : [`header ${name}: ${show(text)} instead of ${show(wanted)}`];
}

function bodyDifferences(expected: Expected, request: Recorded): string[] {
  const text = request.body.toString('utf8');
  const differ = (fits: boolean, wanted: unknown): string[] =>
    fits ? [] : [`body ${show(text)} instead of ${show(wanted)}`];
  if ('json' in expected) return differ(isDeepStrictEqual(parsed(text), expected.json), expected.json);
  if (expected.text !== undefined) return differ(text === expected.text, expected.text);
  if (expected.base64 !== undefined)
    return differ(request.body.equals(Buffer.from(expected.base64, 'base64')), `base64 ${expected.base64}`);
  if (expected.xml !== undefined) {
    const plain = text
      .replace(/^<\?xml[^>]*\?>/, '')
      .replace(/>\s+</g, '><')
      .trim();
    return differ(plain === expected.xml || plain === expected.or, expected.xml);
  }
  if (expected.form !== undefined)
    return differ(
      isDeepStrictEqual(
        [...new URLSearchParams(text)],
        expected.form.map((pair) => [...pair]),
      ),
      expected.form,
    );
  return expected.parts === undefined ? [] : partDifferences(expected.parts, request);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function partDifferences(expected: readonly ExpectedPart[], request: Recorded): string[] {
  const boundary = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined) return [`content type ${request.headers['content-type']} without a boundary`];
  const parts = request.body.toString('latin1').split(`--${boundary}`).slice(1, -1).map(readPart);
  if (parts.length !== expected.length)
    return [
      `parts ${parts.map(({ name }) => name).join(', ')} instead of ${expected.map(({ name }) => name).join(', ')}`,
    ];
  return expected.flatMap((wanted, index) => {
    const part = parts[index]!;
    const fits =
      part.name === wanted.name &&
      (!wanted.filename || part.filename) &&
      (wanted.type === undefined || part.type === wanted.type) &&
      (wanted.text === undefined || part.bytes.toString('utf8') === wanted.text) &&
      (wanted.base64 === undefined || part.bytes.equals(Buffer.from(wanted.base64, 'base64')));
    return fits ? [] : [`part ${show({ ...part, bytes: part.bytes.toString() })} instead of ${show(wanted)}`];
  });
}

function readPart(text: string) {
  const end = text.indexOf('\r\n\r\n');
  const head = text.slice(0, end);
  const disposition = /content-disposition:(.*)/i.exec(head)?.[1] ?? '';
  return {
    name: /[; ]name="([^"]*)"/.exec(disposition)?.[1] ?? '',
    filename: /filename/.test(disposition),
    type: /content-type: *(.*)/i.exec(head)?.[1]?.trim() ?? '',
    bytes: Buffer.from(text.slice(end + 4, -2), 'latin1'),
  };
}

/** Whether a value holds all that is wanted of it, at every depth; lists have to be as long. */
function holds(value: unknown, wanted: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  if (typeof value !== 'object' || value === null || Array.isArray(value) !== Array.isArray(wanted)) return false;
  if (Array.isArray(wanted) && (value as unknown[]).length !== wanted.length) return false;
  return Object.entries(wanted).every(([key, member]) => holds((value as Record<string, unknown>)[key], member));
}

function show(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 300);
}
