import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { recipeConformance } from '../../conformance.ts';
import { makeTestContext, type TestContext, type TestContextOptions } from '../../testing.ts';
import { exportCsv } from './csv-exporter.ts';
import { processCsv, type ProcessCsvInput } from './csv-processor.ts';
import { csv } from './index.ts';

recipeConformance(csv);

let test: TestContext | undefined;
afterEach(() => test?.dispose());

async function read(content: string | Uint8Array, args: ProcessCsvInput = {}, options: TestContextOptions = {}) {
  test = await makeTestContext({ ...options, files: { 'in.csv': content } });
  return processCsv({ path: 'in.csv', ...args }, test.context);
}

describe('csv_processor', () => {
  it('[RECIPES-DATA-4] keeps quotes, delimiters and line ends inside of cells, and counts lines past them', async () => {
    const result = await read('a,b\r\n"x, ""y""\r\nz",1\r\n\r\nlast\r\n');
    expect(result.preview).toEqual([
      { a: 'x, "y"\nz', b: '1' },
      { a: 'last', b: null },
    ]);
    expect(result.problems).toEqual([
      { row: 2, line: 5, problem: '1 cells where the header has 2; the missing ones are null' },
    ]);
  });

  it.each([
    ['comma', ','],
    ['semicolon', ';'],
    ['tab', '\t'],
    ['bar', '|'],
  ])('[RECIPES-DATA-4] finds the delimiter %s', async (name, sign) => {
    const result = await read(`name${sign}price\nAna${sign}"1,5"\nBo${sign}"2;5"\n`);
    expect(result).toMatchObject({ delimiter: name, columns: ['name', 'price'], rows: 2, problemCount: 0 });
  });

  it('[RECIPES-DATA-4] reads UTF-8 with a byte order mark, UTF-16 and Windows-1252', async () => {
    const text = 'näme,prix\nZoë,€5\n';
    const utf16 = Buffer.from(`\u{feff}${text}`, 'utf16le');
    const bigEndian = Buffer.from(utf16).swap16();
    const windows = Buffer.from('näme,prix\nZoë,5\n', 'latin1');
    for (const [bytes, encoding] of [
      [Buffer.from(`\u{feff}${text}`), 'utf-8'],
      [utf16, 'utf-16le'],
      [bigEndian, 'utf-16be'],
      [Buffer.from(text, 'utf16le'), 'utf-16le'],
      [windows, 'windows-1252'],
    ] as const) {
      const result = await read(bytes);
      expect(result).toMatchObject({ encoding, columns: ['näme', 'prix'] });
      expect(result.preview[0]!['näme']).toBe('Zoë');
      await test?.dispose();
    }
  });

  it('[RECIPES-DATA-4] names columns that have no name or one that is taken', async () => {
    const result = await read('id,name,name,\n1,a,b,c\n');
    expect(result.columns).toEqual(['id', 'name', 'name_2', 'column_4']);
    expect(result.notes).toHaveLength(2);
  });

  it('[RECIPES-DATA-4] keeps cells beyond the header and reports the row', async () => {
    const result = await read('a,b\n1,2,3,4\n');
    expect(result.preview).toEqual([{ a: '1', b: '2', extra_1: '3', extra_2: '4' }]);
    expect(result.problemCount).toBe(1);
  });

  it('reads files without a header, with a line “sep=”, and with old line ends', async () => {
    expect((await read('1;2\r3;4\r', { header: false })).preview[1]).toEqual({ column_1: '3', column_2: '4' });
    await test?.dispose();
    expect(await read('sep=|\na|b\n1|2\n')).toMatchObject({ delimiter: 'bar', columns: ['a', 'b'], rows: 1 });
  });

  it('refuses an empty file and takes one with only a header', async () => {
    await expect(read('')).rejects.toThrow('is empty');
    await test?.dispose();
    expect(await read('a,b\n')).toMatchObject({ rows: 0, columns: ['a', 'b'], preview: [] });
  });

  it('refuses a spreadsheet, and tells what to do', async () => {
    await expect(read(Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 7, 0, 0, 9]))).rejects.toMatchObject({
      message: '“in.csv” is not a text file.',
      nextStep: expect.stringContaining('export'),
    });
  });

  it('[RECIPES-DATA-4] reports a quote that is never closed', async () => {
    const result = await read('a,b\n1,2\n"open,3\n4,5\n');
    expect(result.problems[0]).toMatchObject({ row: 2, line: 3, problem: 'a quote is never closed' });
  });

  it('[RECIPES-DATA-5] takes __proto__ and constructor as column names', async () => {
    const result = await read('__proto__,constructor\npolluted,x\n');
    expect(await test!.read(result.file)).toBe('{"__proto__":"polluted","constructor":"x"}\n');
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    const exported = await exportCsv({ dataset: 'in' }, test!.context);
    expect(await test!.read(exported.file)).toBe('__proto__,constructor\r\npolluted,x\r\n');
  });

  it('[RECIPES-DATA-6] refuses a file or text above the limit and names the limit', async () => {
    const content = `a\n${'x'.repeat(100)}\n`;
    await expect(read(content, {}, { maxInputBytes: 102 })).rejects.toThrow('103 bytes, above the limit of 102 bytes');
    await test?.dispose();
    expect((await read(content, {}, { maxInputBytes: 103 })).rows).toBe(1);
    const tooLong = processCsv({ text: 'x'.repeat(200) }, test!.context);
    await expect(tooLong).rejects.toThrow('above the limit of 103 bytes');
  });

  it('[RECIPES-DATA-15] stops when cancelled and leaves no half-written dataset', async () => {
    test = await makeTestContext({ files: { 'in.csv': 'a,b\n'.repeat(200_000) } });
    const { context } = test;
    const reading = processCsv({ path: 'in.csv' }, { ...context, progress: () => test!.abort() });
    await expect(reading).rejects.toThrow(/abort/i);
    expect(await context.folders.list('datasets')).toEqual([]);
  });

  it('[RECIPES-DATA-3] reads 10 MB with a heap of 40 MB', async () => {
    test = await makeTestContext();
    const line =
      'C-1001,Ana Silva,ana.silva@example.com,"+351 21 351 2345, ext. 5",2024-01-12,"Two ""quoted"" words"\n';
    const rows = Math.ceil((10 * 1024 * 1024) / line.length);
    await writeFile(join(test.workspace, 'big.csv'), `id,name,email,phone,day,note\n${line.repeat(rows)}`);
    const script = `
      const { processCsv } = await import('./src/library/recipes/csv/csv-processor.ts');
      const folder = ${JSON.stringify(test.workspace)};
      const folders = {
        maxInputBytes: 2 ** 30, roots: [{ name: 'workspace', path: folder, writable: true }],
        toRead: async (path) => folder + '/' + path,
        toWrite: async (path) => { await (await import('node:fs/promises')).mkdir(folder + '/datasets', { recursive: true }); return folder + '/' + path; },
      };
      const result = await processCsv({ path: 'big.csv' }, { folders, signal: new AbortController().signal, progress() {} });
      console.log(result.rows);`;
    const flags = ['--max-old-space-size=40', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, flags, { cwd: process.cwd() });
    expect(Number(stdout)).toBe(rows);
  });
});

describe('csv_exporter', () => {
  it('[RECIPES-DATA-13] keeps spreadsheets from running cells, and leaves signed numbers and phones alone', async () => {
    const cells = ['=1+1', '@cmd', '+1 202 555 0143', '-5', '-2+3+cmd|A0', '+SUM(A1)', '\tx'];
    test = await makeTestContext({
      files: { 'datasets/d.jsonl': cells.map((cell) => `${JSON.stringify({ cell })}\n`).join('') },
    });
    const { file } = await exportCsv({ dataset: 'd', header: false }, test.context);
    const lines = (await test.read(file)).split('\r\n');
    expect(lines).toEqual([
      `"'=1+1"`,
      `"'@cmd"`,
      '+1 202 555 0143',
      '-5',
      `"'-2+3+cmd|A0"`,
      `"'+SUM(A1)"`,
      `"'\tx"`,
      '',
    ]);
  });

  it('reads back what it wrote', async () => {
    const rows = [
      { a: 'x, "y"\nz', b: 'ünï' },
      { a: null, b: ' spaces ' },
    ];
    test = await makeTestContext({
      files: { 'datasets/d.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
    });
    const { file } = await exportCsv({ dataset: 'd', delimiter: 'semicolon', byteOrderMark: true }, test.context);
    const again = await processCsv({ path: file, dataset: 'again' }, test.context);
    expect(again.preview).toEqual(rows);
  });
});
