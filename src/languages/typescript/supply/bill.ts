import { purlOf, licenceOf, type BillLicence } from './bill-parts.ts';
import { closure, lookUp, type LockedPackages } from '../lock.ts';
import { nameOf } from './refuse.ts';

interface BillOf {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Direct dependencies at run time, name to version. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly crafterVersion: string;
}

interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly group?: string;
  readonly version: string;
  readonly purl: string;
  readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  readonly licenses?: readonly BillLicence[];
}

/** Places of what a server runs with, sorted. */
function runtimePlaces(packages: LockedPackages, dependencies: BillOf['dependencies']): string[] {
  return [...closure(packages, Object.keys(dependencies)).keys()].toSorted();
}

/**
 * Bill of materials of a server by CycloneDX 1.6, as JSON: each package that it runs with, with purl, licence and the
 * digest of its tarball, and what needs what. Without time and serial number: the same server has the same bill.
 * @param packages As the project's lock has them.
 */
export function billOfMaterials(server: BillOf, packages: LockedPackages): string {
  const places = runtimePlaces(packages, server.dependencies);
  const root = purlOf(server.name, server.version);
  const refOf = (place: string): string => {
    const entry = packages[place]!;
    return purlOf(nameOf(place, entry), entry.version);
  };
  const needsOf = (from: string, names: readonly string[]): string[] =>
    [...new Set(names.flatMap((name) => lookUp(packages, from, name) ?? []).map(refOf))].toSorted();
  const components = new Map(places.map((place) => [refOf(place), componentOf(place, packages)]));
  const needs = new Map<string, string[]>([[root, needsOf('', Object.keys(server.dependencies))]]);
  for (const place of places) {
    const { dependencies, optionalDependencies, peerDependencies } = packages[place]!;
    const wanted = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies });
    needs.set(refOf(place), needsOf(place, wanted));
  }
  return `${JSON.stringify(
    {
      $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: {
        tools: { components: [{ type: 'application', name: 'mcp-crafter', version: server.crafterVersion }] },
        component: {
          type: 'application',
          'bom-ref': root,
          name: server.name,
          version: server.version,
          description: server.description,
          purl: root,
        },
      },
      components: [...components.values()],
      dependencies: [...needs].map(([ref, dependsOn]) => ({ ref, dependsOn })),
    },
    null,
    2,
  )}\n`;
}

function componentOf(place: string, packages: LockedPackages): Component {
  const entry = packages[place]!;
  const full = nameOf(place, entry);
  const [group, name] = full.startsWith('@') ? full.split('/') : [undefined, full];
  const hash = /sha(512|384|256)-([\w+/]+=*)/.exec(entry.integrity ?? '');
  const purl = purlOf(full, entry.version);
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group === undefined ? {} : { group }),
    name: name ?? full,
    version: entry.version,
    purl,
    ...(hash !== null && {
      hashes: [{ alg: `SHA-${hash[1]}`, content: Buffer.from(hash[2]!, 'base64').toString('hex') }],
    }),
    ...(typeof entry['license'] === 'string' && { licenses: [licenceOf(entry['license'])] }),
  };
}

/** THIRD_PARTY.md: each package that a server runs with, and its licence. */
export function licenceList(server: BillOf, packages: LockedPackages): string {
  const rows = runtimePlaces(packages, server.dependencies).map((place) => {
    const entry = packages[place]!;
    const licence = typeof entry['license'] === 'string' ? entry['license'] : 'none named';
    return `| ${nameOf(place, entry)} | ${entry.version} | ${licence.replace(/[|\r\n<>[\]`\\]/g, ' ').slice(0, 100)} |`;
  });
  return `${[
    '# Packages of others',
    '',
    `What ${server.name} ${server.version} runs with. The licence is the one that each package names; its text is in the package.`,
    '',
    '| package | version | licence |',
    '| --- | --- | --- |',
    ...new Set(rows),
  ].join('\n')}\n`;
}
