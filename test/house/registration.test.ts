import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandManifest } from '../../scripts/manifest.ts';
import { recipes } from '../../src/library/index.ts';
import { sources } from '../../src/sources/index.ts';
import { languageNames, sourceKinds } from '../../src/spec/index.ts';
import * as languages from '../../src/languages/index.ts';
import * as deploy from '../../src/deploy/index.ts';
import { checks } from '../../src/verify/index.ts';
import { readManifest } from '../../src/cli/manifest.ts';
import { requirements } from '../requirements.ts';
import { root } from './sources.ts';

function foldersOf(path: string): string[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

const names = (list: readonly { readonly name: string }[]): string[] => list.map(({ name }) => name).toSorted();

describe('[HOUSE-7] what is on disk is what is registered:', () => {
  it('recipes', () => expect(names(recipes)).toEqual(foldersOf('src/library/recipes')));

  it('checks', () => expect(names(checks)).toEqual(foldersOf('src/verify/checks')));

  it('sources', () => {
    const kinds = sources.map(({ kind }) => kind).toSorted();
    expect(kinds).toEqual(foldersOf('src/sources'));
    expect(kinds).toEqual([...sourceKinds].toSorted());
  });

  it('languages, each exported as create…', () => {
    const folders = foldersOf('src/languages');
    expect(folders.filter((name) => !(languageNames as readonly string[]).includes(name))).toEqual([]);
    const made = Object.keys(languages).flatMap((name) => /^create(\w+)$/.exec(name)?.[1]?.toLowerCase() ?? []);
    expect(made).toEqual(folders);
  });

  it('targets, each exported as create…Target', () => {
    const made = Object.keys(deploy).flatMap((name) => /^create(\w+)Target$/.exec(name)?.[1]?.toLowerCase() ?? []);
    expect(made).toEqual(foldersOf('src/deploy/targets'));
  });

  it('requirements', () => {
    const files = readdirSync(join(root, 'test/requirements')).filter((file) => file !== 'define.ts');
    const areas = new Set(requirements.map(({ id }) => id.replace(/-\d+$/, '').toLowerCase()));
    // An area that several parts share has a number row for each: OPENAPI-READ-1 stands in openapi.ts.
    const home = (area: string): string =>
      files.find((file) => area === file.slice(0, -3) || area.startsWith(`${file.slice(0, -3)}-`)) ?? area;
    expect([...new Set([...areas].map(home))].toSorted()).toEqual(files.toSorted());
  });

  it('commands: the file that the command line reads is made from the operations', () => {
    expect(readManifest(), 'run `npm run manifest`').toEqual(commandManifest());
  });
});
