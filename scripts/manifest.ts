import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { operations } from '../src/operations/index.ts';
import type { CommandManifest, FlagShape } from '../src/cli/manifest.ts';

/** Flags that are not simply the field's name with hyphens. */
const flagNames: Readonly<Record<string, string>> = {
  folders: 'folder',
  allow_hosts: 'allow-host',
  allow_packages: 'allow-package',
  environment: 'env',
  revoke_hosts: 'revoke-host',
  revoke_folders: 'revoke-folder',
  overlays: 'overlay',
  pins: 'pin',
  tags: 'tag',
  paths: 'path',
  methods: 'method',
  operations: 'operation',
};

/** Fields that the command line fills from the document it is given. */
const filled = new Set(['document', 'document_url', 'document_path', 'document_files', 'document_missing']);

interface Property {
  readonly type?: string;
  readonly description?: string;
  readonly items?: { readonly type?: string; readonly anyOf?: readonly { readonly type?: string }[] };
  readonly additionalProperties?: { readonly type?: string };
}

/** The command line's view of the operations table. */
export function commandManifest(): CommandManifest[] {
  return operations.flatMap((operation) => {
    if (operation.cli === undefined) return [];
    const { properties = {} } = z.toJSONSchema(operation.input, { io: 'input', unrepresentable: 'any' }) as {
      properties?: Record<string, Property>;
    };
    const positionals = operation.cli.positionals ?? [];
    const byPosition = new Set(positionals.map((field) => field.replace(/\?$|\.\.\.$/, '')));
    const flags = Object.entries(properties).flatMap(([field, property]) =>
      byPosition.has(field) ? [] : flagOf(field, property),
    );
    return [
      {
        operation: operation.name,
        command: operation.cli.command,
        summary: operation.title,
        positionals,
        flags,
        readsRequest: 'document' in properties,
      },
    ];
  });
}

function flagOf(field: string, property: Property): FlagShape[] {
  const type = flagType(property);
  if (type === undefined || filled.has(field)) return [];
  return [
    { field, flag: flagNames[field] ?? field.replaceAll('_', '-'), type, description: property.description ?? '' },
  ];
}

/** The flag's type, or undefined for fields that only documents can give. */
function flagType(property: Property): FlagShape['type'] | undefined {
  if (property.type === 'boolean') return 'boolean';
  if (property.type === 'integer' || property.type === 'number') return 'number';
  if (property.type === 'string') return 'string';
  if (property.type === 'array') {
    const items = [property.items, ...(property.items?.anyOf ?? [])];
    return items.some((item) => item?.type === 'string') ? 'list' : undefined;
  }
  if (property.type === 'object' && property.additionalProperties?.type === 'string') return 'pairs';
  return undefined;
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', 'src', 'cli', 'commands.json');
  writeFileSync(file, `${JSON.stringify(commandManifest(), null, 2)}\n`);
}
