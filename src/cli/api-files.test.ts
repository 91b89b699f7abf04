import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiFiles } from './api-files.ts';

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'api-files-'));
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

function file(name: string, text: string): string {
  const path = join(base, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}
const found = (path: string, text: string): Promise<unknown> => apiFiles(file(path, text), text);

describe('files beside an API document', () => {
  it('[OPENAPI-READ-11] are found by their references, over one another, whatever way they are written', async () => {
    file('api/a b.yaml', 'x: {$ref: "deep/c.json#/d"}');
    file('api/deep/c.json', '{"$ref": "..\\u002fe.yml", "d": {"$ref" : "c.json"}}');
    file('api/e.yml', "'$ref': ../api/openapi.yaml#/components");
    file('api/unused.yaml', '');
    const text =
      "openapi: 3.1.0\na:\n  $ref: 'a%20b.yaml#/x'\nb: {$ref: missing.yaml}\nc: {$ref: '#/a'}\nd: {$ref: https://a.example/f.yaml}";
    expect(await found('api/openapi.yaml', text)).toEqual({
      document_path: join(base, 'api/openapi.yaml'),
      document_files: {
        [join(base, 'api/a b.yaml')]: expect.any(String),
        [join(base, 'api/deep/c.json')]: expect.any(String),
        [join(base, 'api/e.yml')]: expect.any(String),
      },
    });
  });

  it.each([
    ['above the folder', '../secret.yaml', 'outside'],
    ['at an absolute path', '/etc/passwd', 'outside'],
    ['as a file URL', 'file:///etc/passwd', 'outside'],
    ['with its dots escaped', '%2e%2e/secret.yaml', 'outside'],
    ['that does not exist, above', '../../nowhere.yaml', undefined],
    ['hidden', '.env', 'hidden'],
    ['in a hidden folder', '.git/part.yaml', 'hidden'],
    ['behind a link', 'link.yaml', 'symbolic link'],
    ['behind a linked folder', 'linked/secret.yaml', 'symbolic link'],
  ])('[OPENAPI-READ-11] are not read %s, and it is told why', async (_name, reference, why) => {
    file('secret.yaml', 'a: 1');
    file('api/.env', 'TOKEN: 1');
    file('api/.git/part.yaml', 'a: 1');
    symlinkSync('../secret.yaml', join(base, 'api/link.yaml'));
    symlinkSync('..', join(base, 'api/linked'));
    const { document_missing: missing = {}, ...given } = (await found(
      'api/openapi.yaml',
      `openapi: 3.1.0\na: {$ref: "${reference}"}`,
    )) as Record<string, object>;
    expect(given).toEqual({ document_path: join(base, 'api/openapi.yaml') });
    expect(Object.values(missing)).toEqual(why === undefined ? [] : [expect.stringContaining(why)]);
  });

  it('[OPENAPI-READ-11] are not read where only words, examples or defaults name them', async () => {
    file('api/secret.yaml', 'a: 1');
    const text = [
      'openapi: 3.1.0',
      "info: {description: 'write $ref: secret.yaml to split the document'}",
      'components:',
      '  examples: {one: {value: {$ref: secret.yaml}}}',
      '  schemas:',
      '    A: {default: {$ref: secret.yaml}, examples: [{$ref: secret.yaml}], enum: [{$ref: secret.yaml}]}',
      '# $ref: secret.yaml',
    ].join('\n');
    expect(await found('api/openapi.yaml', text)).toEqual({ document_path: join(base, 'api/openapi.yaml') });
    const mapped = 'openapi: 3.1.0\ncomponents: {schemas: {A: {discriminator: {mapping: {b: secret.yaml}}}}}';
    expect(await found('api/mapped.yaml', `${mapped}\n# $ref: x.yaml`)).toHaveProperty('document_files');
  });

  it('[OPENAPI-READ-11] are judged from where the document really lies', async () => {
    file('real/part.yaml', 'a: 1');
    const text = 'openapi: 3.1.0\na: {$ref: part.yaml}';
    file('real/openapi.yaml', text);
    symlinkSync('real/openapi.yaml', join(base, 'linked.yaml'));
    expect(await apiFiles(join(base, 'linked.yaml'), text)).toMatchObject({
      document_path: join(base, 'real/openapi.yaml'),
      document_files: { [join(base, 'real/part.yaml')]: 'a: 1' },
    });
  });

  it('[OPENAPI-READ-11] may be thousands, and are at most 5,000 and 32 MB', async () => {
    const many = Array.from({ length: 5001 }, (_, index) => file(`m${index}.yaml`, 'a: 1')).map(
      (_, index) => `a${index}: {$ref: m${index}.yaml}`,
    );
    const some = (await found('some.yaml', `openapi: 3.1.0\n${many.slice(0, 3000).join('\n')}`)) as Record<
      string,
      object
    >;
    expect(Object.keys(some['document_files'] ?? {})).toHaveLength(3000);
    const refused = expect.objectContaining({ code: 'INPUT_TOO_LARGE' });
    await expect(found('many.yaml', `openapi: 3.1.0\n${many.join('\n')}`)).rejects.toEqual(refused);
    file('large.yaml', ' '.repeat(33 * 1024 * 1024));
    await expect(found('openapi.yaml', 'openapi: 3.1.0\na: {$ref: large.yaml}')).rejects.toEqual(refused);
  });

  it('[OPENAPI-READ-11] are not looked for beside other documents', async () => {
    expect(await found('form.json', '{"server_name": "a", "x": {"$ref": "/etc/passwd"}}')).toEqual({});
  });
});
