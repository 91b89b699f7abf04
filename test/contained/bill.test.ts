import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { billOfMaterials, licenceList } from '../../src/languages/typescript/supply/bill.ts';
import { ownPackages } from '../../src/languages/typescript/lock.ts';

const schema = (name: string): object =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/cyclonedx', `${name}.schema.json`), 'utf8')) as object;

// Its formats: those of draft 7 that ajv knows, and two that it is right to leave unjudged.
const ajv = new Ajv({ strict: false, formats: { 'idn-email': true, 'iri-reference': true } });
addFormats.default(ajv);
ajv.addSchema(schema('spdx')).addSchema(schema('jsf-0.82'));
const isBill = ajv.compile(schema('bom-1.6'));

const server = {
  name: 'words',
  version: '1.0.0',
  description: 'Counts | words.',
  dependencies: {
    '@modelcontextprotocol/server': ownPackages()['node_modules/@modelcontextprotocol/server']!.version,
    odd: '1.0.0',
  },
  crafterVersion: '0.1.0',
};
const sha512 = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;
const licences = [
  'MIT',
  '(MIT OR Apache-2.0)',
  'GPL-3.0-or-later WITH Bison-exception-2.2',
  'SEE LICENSE IN <file> | x',
  '',
];
const odd = Object.fromEntries(
  licences.map((license, index) => [`odd-${index}`, { version: '1.0.0', integrity: sha512, license }]),
);
const packages = {
  ...ownPackages(),
  'node_modules/odd': {
    version: '1.0.0',
    integrity: sha512,
    dependencies: { ...Object.fromEntries(Object.keys(odd).map((name) => [name, '1.0.0'])), other: 'npm:real@2.0.0' },
  },
  'node_modules/other': { name: 'real', version: '2.0.0', integrity: sha512 },
  ...Object.fromEntries(Object.entries(odd).map(([name, entry]) => [`node_modules/${name}`, entry])),
};

describe('[SUPPLY-8] the bill of materials', () => {
  const text = billOfMaterials(server, packages);
  const bill = JSON.parse(text) as {
    components: { name: string; purl: string; hashes: unknown[]; licenses?: unknown[] }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };

  it('is one by the published schema, the same each time', () => {
    expect(isBill(bill), JSON.stringify(isBill.errors)).toBe(true);
    expect(
      isBill({ ...bill, components: [{ ...bill.components[0], licenses: [{ license: { id: 'NONE-1' } }] }] }),
    ).toBe(false);
    expect(billOfMaterials(server, packages)).toBe(text);
  });

  it('has each package that the server runs with, and no other', () => {
    const purls = bill.components.map(({ purl }) => purl);
    expect(purls).toContain('pkg:npm/real@2.0.0');
    expect(purls.filter((purl) => purl.includes('typescript'))).toEqual([]);
    expect(purls).toContain(
      `pkg:npm/%40modelcontextprotocol/server@${server.dependencies['@modelcontextprotocol/server']}`,
    );
    expect(bill.components.every(({ hashes }) => hashes.length === 1)).toBe(true);
    const refs = new Set(bill.dependencies.map(({ ref }) => ref));
    expect(bill.dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
    expect(bill.dependencies[0]?.dependsOn).toHaveLength(2);
  });

  it('goes with a list of licences that no package can write into', () => {
    const list = licenceList(server, packages);
    expect(list).toContain('| real | 2.0.0 | none named |');
    expect(list).toContain('| odd-3 | 1.0.0 | SEE LICENSE IN  file    x |');
    expect(list.split('\n').filter((line) => line.startsWith('| ')).length).toBe(bill.components.length + 2);
  });
});
