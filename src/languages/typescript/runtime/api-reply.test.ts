import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorOf, openApi, operation, standIn, type ApiOptions, type StandIn } from './api-testing.ts';
import { openFolders } from './folders.ts';
import { textOf } from './testing.ts';

let api: StandIn;

afterEach(() => {
  vi.unstubAllEnvs();
  api.close();
});

const relaxed = {
  type: 'object',
  properties: { status: { type: 'integer' }, data: { type: 'object', properties: { id: { type: 'string' } } } },
  required: ['status'],
} as const;

async function answered(response: () => Response, options: ApiOptions = {}, fields = {}) {
  api = await standIn(response);
  const tools = [operation({ path: '/x/{id}', parameters: [] }, { name: 'get_x', ...fields })];
  const result = await openApi(api, { tools }, options)('get_x');
  api.close();
  return result;
}

const as =
  (type: string, body: string | Uint8Array, status = 200) =>
  () =>
    new Response(body as string, { status, headers: type === '' ? {} : { 'content-type': type } });

describe('an answer', () => {
  it('[OPENAPI-CALL-11] of JSON is data, also under another name for it, or none', async () => {
    for (const type of [
      'application/json; charset=utf-8',
      'application/vnd.api+json',
      'text/plain',
      'application/octet-stream',
    ])
      expect((await answered(as(type, '{"id":"é"}'))).structuredContent, type).toEqual({
        status: 200,
        data: { id: 'é' },
      });
    const bare = () => new Response(new TextEncoder().encode('[1]'), { status: 201 });
    expect((await answered(bare)).structuredContent).toEqual({ status: 201, data: [1] });
    expect((await answered(as('application/json', '"x"'))).structuredContent).toEqual({ status: 200, data: 'x' });
  });

  it('[OPENAPI-CALL-11] that does not fit the documented schema is given as unexpected', async () => {
    const fits = await answered(as('application/json', '{"id":"1","more":2}'), {}, { outputSchema: relaxed });
    expect(fits.structuredContent).toEqual({ status: 200, data: { id: '1', more: 2 } });
    const other = await answered(as('application/json', '[7]'), {}, { outputSchema: relaxed });
    expect(other.structuredContent).toEqual({ status: 200, unexpected: [7] });
    expect(textOf(other)).toBe('{"status":200,"unexpected":[7]}');
  });

  it('[OPENAPI-CALL-11] of text is text, in its charset', async () => {
    const latin = Buffer.from('caf\u00e9', 'latin1');
    expect((await answered(as('text/csv; charset=ISO-8859-1', latin))).structuredContent).toEqual({
      status: 200,
      text: 'café',
    });
    expect((await answered(as('application/xml', '<a/>'))).structuredContent).toEqual({ status: 200, text: '<a/>' });
    expect((await answered(as('application/json', 'not JSON'))).structuredContent).toEqual({
      status: 200,
      text: 'not JSON',
    });
    const packed = () =>
      new Response(gzipSync('packed'), { headers: { 'content-type': 'text/plain', 'content-encoding': 'gzip' } });
    expect((await answered(packed)).structuredContent).toEqual({ status: 200, text: 'packed' });
  });

  it('[OPENAPI-CALL-11] without anything is its status', async () => {
    expect((await answered(() => new Response(null, { status: 204 }))).structuredContent).toEqual({ status: 204 });
    expect((await answered(as('application/json', ''))).structuredContent).toEqual({ status: 200 });
  });

  it('[OPENAPI-CALL-11] of images and sounds is content of its kind, of other bytes a resource', async () => {
    const bytes = new Uint8Array([0, 255, 1]);
    const picture = await answered(as('image/png', bytes));
    expect(picture.structuredContent).toEqual({ status: 200, type: 'image/png', bytes: 3 });
    expect(picture.content[1]).toEqual({ type: 'image', data: 'AP8B', mimeType: 'image/png' });
    expect((await answered(as('audio/mpeg', bytes))).content[1]).toMatchObject({ type: 'audio' });
    const pdf = await answered(as('application/pdf', bytes));
    expect(pdf.content[1]).toMatchObject({
      type: 'resource',
      resource: { uri: 'answer:///get_x.pdf', mimeType: 'application/pdf', blob: 'AP8B' },
    });
  });

  it('[OPENAPI-CALL-11] of many bytes is saved into the workspace under a harmless name', async () => {
    const workspace = await mkdtemp(join(tmpdir(), 'api-reply-'));
    vi.stubEnv('MCP_WORKSPACE', workspace);
    const bytes = new Uint8Array(5000);
    const headers = {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="../../a b.zip"',
    };
    const folders = openFolders({ maxInputBytes: 1000 });
    const saved = await answered(() => new Response(bytes, { headers }), { folders, maxCharacters: 2000 });
    const { file } = saved.structuredContent as { file: string };
    expect(file).toMatch(/^downloads\/[0-9a-f]{8}-a b\.zip$/);
    expect(await readFile(join(workspace, file))).toHaveLength(5000);
    const without = await answered(() => new Response(bytes, { headers }), { maxCharacters: 2000 });
    expect(without.structuredContent).toMatchObject({ bytes: 5000, how: expect.stringContaining('no folder') });
    await rm(workspace, { recursive: true });
  });

  it('[OPENAPI-CALL-11] is read no further than 32 MB', async () => {
    const large = await answered(as('application/octet-stream', new Uint8Array(33 * 1024 * 1024)));
    expect(errorOf(large)).toContain('larger than 32 MB');
  });
});

describe('a refusal', () => {
  const said = async (status: number, body: unknown, headers = {}, call = {}) => {
    api = await standIn(() => Response.json(body, { status, headers }));
    const tools = [operation({ method: 'POST', path: '/pets/{id}', ...call }, { name: 'get_x' })];
    const result = await openApi(
      api,
      { tools, security: { key: { type: 'http', scheme: 'bearer', variable: 'KEY' } } },
      { environment: { KEY: 'secret-key' } },
    )('get_x', { id: '1' });
    api.close();
    return errorOf(result);
  };
  const path = { parameters: [{ argument: 'id', name: 'id', in: 'path', style: 'simple', explode: false }] };

  it.each([
    [{ type: 'about:blank', title: 'Out of credit', detail: 'Balance is 30' }, 'Out of credit; Balance is 30'],
    [{ error: { message: 'no such pet', code: 7 } }, 'no such pet'],
    [{ message: 'bad' }, 'bad'],
    [{ error: 'invalid_request', error_description: 'id is wrong' }, 'id is wrong'],
    [{ errors: [{ field: 'name', message: 'is too long' }, 'other'] }, 'name: is too long; other'],
    [{ detail: [{ loc: ['body', 'name'], msg: 'field required' }] }, 'body.name: field required'],
    [{ errors: { name: ['is taken'] } }, 'name: is taken'],
    [{ x: 1 }, '{"x":1}'],
  ])('[OPENAPI-CALL-12] names the request, the status and the API’s own words: %j', async (body, words) => {
    expect(await said(400, body, {}, path)).toContain(`POST /pets/{id} was answered with 400: ${words}`);
  });

  it('[OPENAPI-CALL-12] says what to try', async () => {
    const security = [{ key: ['pets:write'] }];
    expect(await said(401, {}, {}, { ...path, security })).toContain('check the variables of this server (KEY)');
    expect(await said(403, {}, {}, { ...path, security })).toContain('lack a permission (scopes: pets:write)');
    expect(await said(404, {}, {}, path)).toContain('Check the ids and names given (id)');
    expect(await said(409, {}, {}, path)).toContain('read it again');
    expect(await said(422, { message: 'id: must be a number' }, {}, path)).toContain('Correct id and call again');
    expect(await said(429, {}, { 'retry-after': '60' }, path)).toContain('wait 60 seconds');
    expect(await said(500, {}, {}, path)).toContain('try again later');
  });

  it('[OPENAPI-CALL-12] is short, on one line, and holds no secret that the API repeats', async () => {
    const text = await said(
      400,
      { message: `line\nline secret-key ${'x'.repeat(5000)}` },
      {},
      { ...path, security: [{ key: [] }] },
    );
    expect(text.length).toBeLessThan(1300);
    expect(text).toContain('line line');
    expect(text.split('\n')).toHaveLength(1);
  });
});
