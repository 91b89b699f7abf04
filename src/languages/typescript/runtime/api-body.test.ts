import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { chosenBody, writeBody } from './api-body.ts';
import type { FieldEncoding, HttpBody, Schema } from './api-file.ts';
import { openFolders } from './folders.ts';
import { isRecord } from './schema.ts';

const made: string[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const folder of made.splice(0)) await rm(folder, { recursive: true });
});

async function workspace(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'api-body-'));
  made.push(folder);
  vi.stubEnv('MCP_WORKSPACE', folder);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return { folders: openFolders({ maxInputBytes: 1000 }) };
}

async function written(
  as: HttpBody['as'],
  value: unknown,
  extra: Partial<HttpBody> & { schema?: Schema } = {},
  context = {},
) {
  const types = {
    json: 'application/json',
    form: 'application/x-www-form-urlencoded',
    multipart: 'multipart/form-data',
  };
  const type = (types as Record<string, string>)[as] ?? `x/${as}`;
  const resolve = (schema: Schema | undefined) => (isRecord(schema) ? schema : {});
  const { schema, ...rest } = extra;
  const body = { argument: 'body', required: true, type, as, ...rest };
  return writeBody(body, value, context, () => ({ schema, resolve }));
}

async function text(...args: Parameters<typeof written>): Promise<string> {
  return (await written(...args))!.content.toString();
}

/** A multipart body with its boundary replaced by `--`. */
async function parts(value: unknown, encoding: Record<string, FieldEncoding> = {}, context = {}): Promise<string[]> {
  const body = (await written('multipart', value, { encoding }, context))!;
  const boundary = /boundary=(.+)$/.exec(body.type)![1]!;
  return body.content
    .toString()
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => part.trim());
}

describe('a body', () => {
  it('[OPENAPI-CALL-5] is of the media type that the call names, else of the preferred one', () => {
    const preferred = { argument: 'body', required: true, type: 'application/json', as: 'json' } as const;
    const choice = { argument: 'body_type', alternatives: [{ type: 'image/png', as: 'binary' }] } as const;
    expect(chosenBody({ ...preferred, choice }, {})).toEqual(preferred);
    expect(chosenBody({ ...preferred, choice }, { body_type: 'application/json' })).toEqual(preferred);
    expect(chosenBody({ ...preferred, choice }, { body_type: 'image/png' })).toMatchObject({ as: 'binary' });
  });

  it('[OPENAPI-CALL-5] sends JSON of any shape as given, and nothing when absent', async () => {
    for (const value of [[1], 'x', null, { a: { b: [] } }])
      expect(await text('json', value)).toBe(JSON.stringify(value));
    expect(await written('json', undefined)).toBeUndefined();
    expect((await written('json', {}, { type: 'application/merge-patch+json' }))!.type).toBe(
      'application/merge-patch+json',
    );
  });

  it('[OPENAPI-CALL-5] writes a form with lists repeated and objects as JSON', async () => {
    const value = { name: 'a b&c', ids: [1, 2], nested: { a: 1 }, gone: null, empty: '', none: [] };
    expect(await text('form', value)).toBe('name=a+b%26c&ids=1&ids=2&nested=%7B%22a%22%3A1%7D&empty=&none=');
    expect(await text('form', 'a=1')).toBe('a=1');
    await expect(written('form', [1])).rejects.toThrow('has no fields');
  });

  it('[OPENAPI-CALL-5] writes form fields by the style the document gives', async () => {
    const encoding = {
      ids: { style: 'form', explode: false },
      meta: { style: 'deepObject', explode: true },
      tags: { style: 'pipeDelimited' },
    } as const;
    const value = { ids: [1, 2], meta: { a: { b: 1 } }, tags: ['x', 'y'] };
    expect(await text('form', value, { encoding })).toBe('ids=1,2&meta%5Ba%5D%5Bb%5D=1&tags=x%7Cy');
    expect(await text('form', { list: [1, 2] }, { encoding: { list: { contentType: 'application/json' } } })).toBe(
      'list=%5B1%2C2%5D',
    );
  });

  it('[OPENAPI-CALL-5] writes multipart parts with their types, lists as repeated parts, objects as JSON', async () => {
    expect(await parts({ 'na"me\r\n': 'x', ids: [1, 2], meta: { a: 1 }, gone: null })).toEqual([
      'Content-Disposition: form-data; name="na%22me%0D%0A"\r\n\r\nx',
      'Content-Disposition: form-data; name="ids"\r\n\r\n1',
      'Content-Disposition: form-data; name="ids"\r\n\r\n2',
      'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":1}',
    ]);
    expect(await parts({ list: ['a'] }, { list: { contentType: 'application/json' } })).toEqual([
      'Content-Disposition: form-data; name="list"\r\nContent-Type: application/json\r\n\r\n["a"]',
    ]);
  });

  it('[OPENAPI-CALL-5] takes files from base64, text or an allowed folder, and from nowhere else', async () => {
    const context = await workspace({ 'note.txt': 'from disk' });
    const encoding = { file: { binary: true, contentType: 'image/*, text/plain' } };
    const head = (name: string) =>
      `Content-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: text/plain\r\n\r\n`;
    expect(await parts({ file: ['aGk=', 'text:ho', 'file:note.txt'] }, encoding, context)).toEqual([
      `${head('file')}hi`,
      `${head('file')}ho`,
      `${head('note.txt')}from disk`,
    ]);
    await expect(parts({ file: 'file:/etc/hostname' }, encoding, context)).rejects.toThrow('outside of the folders');
    await expect(parts({ file: 'file:x' }, encoding)).rejects.toThrow('no folders');
    await expect(parts({ file: 'no base64!' }, encoding)).rejects.toThrow('file holds bytes');
  });

  it('[OPENAPI-CALL-5] sends text as text and bytes as bytes', async () => {
    expect(await text('text', 'plain "text"', { type: 'text/plain' })).toBe('plain "text"');
    expect(await text('binary', 'data:image/png;base64,aGk')).toBe('hi');
    expect((await written('binary', 'aGk=', { type: '*/*' }))!.type).toBe('application/octet-stream');
    await expect(written('binary', { a: 1 })).rejects.toThrow('body holds bytes');
  });

  it("[OPENAPI-CALL-6] writes XML by the schema's keywords, with nothing in it able to break out", async () => {
    const schema = {
      type: 'object',
      xml: { name: 'Pet', prefix: 'p', namespace: 'urn:pets' },
      properties: {
        id: { xml: { attribute: true } },
        names: { type: 'array', xml: { wrapped: true, name: 'Names' }, items: { xml: { name: 'Name' } } },
        tags: { type: 'array', items: {} },
      },
    };
    const value = { id: '"1"', names: ['a<b', 'c'], tags: [1, { 'x y>': '&' }] };
    expect(await text('xml', value, { schema })).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n' +
        '<p:Pet xmlns:p="urn:pets" id="&quot;1&quot;"><Names><Name>a&lt;b</Name><Name>c</Name></Names>' +
        '<tags>1</tags><tags><x_y_>&amp;</x_y_></tags></p:Pet>',
    );
    expect(await text('xml', '<own/>')).toBe('<own/>');
  });
});
