import { existsSync, readdirSync } from 'node:fs';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { createTypescript } from '../../src/languages/index.ts';
import { digestOf } from '../../src/languages/typescript/folder-digest.ts';
import type { Blueprint, Work } from '../../src/spec/index.ts';
import type { ServerRecord } from '../../src/storage/index.ts';
import { sha256 } from '../../src/util/index.ts';

/**
 * What stands in a state folder and is not whole, while its database runs: kept bundles that are not what their names
 * say, projects that are not as their records say, package sets that are not as when they are made anew.
 */
export async function brokenIn(stateFolder: string, databaseUrl: string): Promise<string[]> {
  const servers = await recordsIn(databaseUrl);
  const artifacts = namesIn(stateFolder, 'artifacts').map((digest) => [`artifacts/${digest}`, digest] as const);
  const found = namesIn(stateFolder, 'found/bundles').flatMap((key) =>
    namesIn(stateFolder, `found/bundles/${key}`).map((digest) => [`found/bundles/${key}/${digest}`, digest] as const),
  );
  const bundles = await Promise.all(
    [...artifacts, ...found].map(async ([path, digest]) =>
      (await digestOf(join(stateFolder, path))).digest === digest ? [] : [`${path} has other bytes than its name says`],
    ),
  );
  const projects = await Promise.all(servers.map((server) => brokenProject(stateFolder, server)));
  return [...bundles.flat(), ...projects.flat(), ...(await brokenSets(stateFolder, servers))];
}

const namesIn = (stateFolder: string, path: string): string[] =>
  existsSync(join(stateFolder, path)) ? readdirSync(join(stateFolder, path)) : [];

async function recordsIn(connectionString: string): Promise<ServerRecord[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client
    .query<{ record: ServerRecord }>('SELECT record FROM mcp_crafter.servers ORDER BY name')
    .finally(() => client.end());
  return rows.map(({ record }) => record);
}

async function brokenProject(stateFolder: string, { name, artifact, generated }: ServerRecord): Promise<string[]> {
  const folder = join(stateFolder, 'servers', name, 'project');
  const there = new Set(filesBelow(folder));
  const faults = artifact !== undefined && existsSync(join(stateFolder, 'artifacts', artifact)) ? [] : [`${name} has no bundle`];
  for (const [path, digest] of Object.entries(generated)) {
    if (!there.delete(path)) faults.push(`${name} lacks ${path}`);
    else if (sha256(await readFile(join(folder, path))) !== digest) faults.push(`${name} has another ${path}`);
  }
  return [...faults, ...[...there].map((path) => `${name} has ${path} too much`)];
}

/** Sets of packages that servers of these Blueprints use, against the same ones made in an empty folder. */
async function brokenSets(stateFolder: string, servers: readonly ServerRecord[]): Promise<string[]> {
  const faults: string[] = [];
  const anew = await mkdtemp(join(tmpdir(), 'sets-'));
  try {
    const language = createTypescript({ sandbox: noSandbox, stateFolder: anew });
    const sets = new Map<string, Blueprint>(servers.map(({ blueprint }) => [JSON.stringify(blueprint.dependencies), blueprint]));
    for (const blueprint of sets.values()) {
      const { path, digest } = await language.install(blueprint, quiet);
      const [wanted, there] = [path, join(stateFolder, 'store', digest, 'node_modules')].map((each) => new Set(filesBelow(each)));
      const missing = [...wanted!].filter((file) => !there!.has(file));
      if (missing.length > 0) faults.push(`store/${digest} lacks ${missing.length} files, as ${missing[0]}`);
    }
  } finally {
    await rm(anew, { recursive: true, force: true });
  }
  return faults;
}

const quiet: Work = { signal: new AbortController().signal, progress: () => undefined };
/** What mcp-crafter itself brings is linked, without any program. */
const noSandbox = {} as Parameters<typeof createTypescript>[0]['sandbox'];

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true, encoding: 'utf8' })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}
