import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createOutput } from '../../src/cli/output.ts';
import { createProgram } from '../../src/cli/program.ts';
import { errorKinds } from '../../src/errors.ts';
import { secretNameParts } from '../../src/util/index.ts';
import { form, formTool } from '../../src/sources/form/schema.ts';
import { root } from './sources.ts';

const text = readFileSync(join(root, 'README.md'), 'utf8');
const section = (title: string): string => text.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';
const quoted = (part: string): string[] => [...part.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? '');

describe('[HOUSE-10] the README', () => {
  it('has the exit codes of the code', () => {
    const rows = [...section('Exit codes').matchAll(/^\| (\d+) +\|.*\|(.*)\|$/gm)];
    const told = rows.flatMap(([, exit, codes = '']) => quoted(codes).map((code) => [code, Number(exit)]));
    const real = Object.entries(errorKinds).map(([code, { exit }]) => [code, exit]);
    expect(Object.fromEntries(told)).toEqual(Object.fromEntries(real));
  });

  it('publishes the words by which a name means a secret', () => {
    const list = /<!-- secret names -->([\s\S]*?)<!-- \/secret names -->/.exec(text)?.[1] ?? '';
    expect(quoted(list)).toEqual([...secretNameParts]);
  });

  it('has the fields of the form and of its tools', () => {
    const fields = [...section('The form').matchAll(/^\| (`.*?) \|/gm)].flatMap(([, names = '']) => quoted(names));
    expect(fields.toSorted()).toEqual(Object.keys(form.shape).toSorted());
    const tool = quoted(section('The form'));
    expect(Object.keys(formTool.shape).filter((field) => !tool.includes(field))).toEqual([]);
  });

  it('shows commands and flags that are there', () => {
    const program = createProgram({
      stateFolder: '/nowhere',
      output: createOutput(false),
      signal: new AbortController().signal,
    });
    const blocks = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map((match) => match[1] ?? '').join('');
    const lines = [...blocks.matchAll(/^mcp-crafter (.*)$/gm)].map((match) => match[1] ?? '');
    expect(lines.length).toBeGreaterThan(15);
    for (const line of lines) {
      const [word = '', ...rest] = line.split(' -- ')[0]?.split(' ') ?? [];
      const command = program.commands.find((candidate) => candidate.name() === word);
      expect(command, word).toBeDefined();
      if (word === 'serve') continue;
      const flags = rest.filter((part) => part.startsWith('--'));
      const known = command?.options.map(({ long }) => long);
      expect(
        flags.filter((flag) => !known?.includes(flag)),
        line,
      ).toEqual([]);
    }
  });

  it('links to files that are there', () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] ?? '');
    expect(links.filter((link) => !/^https?:/.test(link) && !existsSync(join(root, link)))).toEqual([]);
  });
});
