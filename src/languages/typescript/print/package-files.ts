import type { Blueprint, ContextPart, ProjectFile } from '../../../spec/index.ts';
import { canonicalJson, cut, sha256 } from '../../../util/index.ts';
import { meaningOf, serverVariables } from './readme.ts';

const file = (text: string): ProjectFile => ({ text });
const json = (value: unknown): ProjectFile => file(`${JSON.stringify(value, null, 2)}\n`);

export interface Versions {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export function packageJson({ name, version, description }: Blueprint, versions: Versions): Record<string, unknown> {
  return {
    name,
    version,
    private: true,
    description,
    type: 'module',
    scripts: { start: 'node src/main.ts', check: 'tsc', test: "node --test 'tests/*.test.ts'" },
    ...versions,
    engines: { node: '>=22.18' },
  };
}

/** server.json of the MCP registry, schema 2025-12-11. */
export function registryFile({ name, title, description, version, environment }: Blueprint): ProjectFile {
  const environmentVariables = environment.map((variable) => ({
    name: variable.name,
    description: variable.description,
    isRequired: variable.required,
    isSecret: variable.secret,
    ...(!variable.secret && variable.value !== undefined && { default: variable.value }),
  }));
  return json({
    $schema: 'https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json',
    name: `local.mcp-crafter/${name}`,
    title: cut(title, 100),
    description: cut(description, 100),
    version,
    packages: [
      {
        registryType: 'npm',
        identifier: name,
        version,
        transport: { type: 'stdio' },
        ...(environmentVariables.length > 0 && { environmentVariables }),
      },
    ],
  });
}

/** mcp-crafter.json: what the project was made from, and a fingerprint of each tool as clients see it. */
export function manifestFile(blueprint: Blueprint, crafterVersion: string): ProjectFile {
  const tools = blueprint.tools.map(({ name, title, description, input, output, annotations }) => [
    name,
    `sha256:${sha256(canonicalJson({ name, title, description, input, output, annotations }))}`,
  ]);
  const environment = blueprint.environment.map(({ value, ...variable }) =>
    variable.secret || value === undefined ? variable : { ...variable, value },
  );
  const manifest = { crafterVersion, tools: Object.fromEntries(tools), blueprint: { ...blueprint, environment } };
  // That of an API may have megabytes, which nobody reads line by line.
  return blueprint.api === undefined ? json(manifest) : file(`${JSON.stringify(manifest)}\n`);
}

/** Files that hold nothing of the request. */
export function fixedFiles(): readonly (readonly [string, ProjectFile])[] {
  return [
    ['.gitignore', file('node_modules/\nworkspace/\n.env\n*.log\n')],
    ['tsconfig.json', json({ compilerOptions, include: ['src', 'tests'] })],
    ['scripts/dev.sh', script('exec node $env --watch src/main.ts "$@"')],
    ['scripts/prod.sh', script('export NODE_ENV=production\nexec node $env src/main.ts "$@"')],
  ];
}

const compilerOptions = {
  target: 'es2024',
  lib: ['es2024', 'esnext.disposable'],
  module: 'nodenext',
  types: ['node'],
  strict: true,
  noUncheckedIndexedAccess: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  noEmit: true,
};

function script(body: string): ProjectFile {
  // Not --env-file-if-exists: it writes a line of plain words to stderr, where logs are JSON.
  const env = 'env=\nif [ -f .env ]; then env=--env-file=.env; fi';
  return { text: `#!/bin/sh\nset -eu\ncd "$(dirname "$0")/.."\n${env}\n${body}\n`, executable: true };
}

/** .env.example: every variable with its meaning; values only of those that are no secret. */
export function environmentExample({ environment }: Blueprint, parts: ReadonlySet<ContextPart>): ProjectFile {
  const declared = environment.flatMap(({ name, description, required, secret, value }) => [
    comment(meaningOf(description, required, secret)),
    `${required ? '' : '# '}${name}=${secret || value === undefined ? '' : quoted(value)}`,
    '',
  ]);
  const common = serverVariables(parts).flatMap(([names, meaning]) => [
    comment(meaning.replaceAll('`', '')),
    ...names.split(', ').map((name) => `# ${name}=`),
    '',
  ]);
  return file(`${[...declared, ...common].join('\n').trimEnd()}\n`);
}

function comment(text: string): string {
  return `# ${text.replace(/\s+/g, ' ').trim()}`;
}

/** A value for an env file: in the quotes that it does not contain; a line end would begin another variable. */
function quoted(value: string): string {
  const line = value.replace(/[\r\n]+/g, ' ');
  if (/^[\w./:@-]*$/.test(line)) return line;
  // A shell that reads the file would run what stands in double quotes after a dollar sign.
  return line.includes("'") ? `"${line.replace(/["$`\\]/g, '')}"` : `'${line}'`;
}
