import { mkdir } from 'node:fs/promises';
import type { Crafter } from '../crafter.ts';
import type { ServerLaunch } from '../runner/index.ts';
import type { Sandbox } from '../sandbox/index.ts';
import { unprotected } from '../spec/index.ts';
import type { Deployable } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { artifactOf } from './artifact-of.ts';
import { placesOf } from './places.ts';
import { environmentOf, tokenFor } from './launch-environment.ts';

/** A registered version as a target starts it. `extra` are secrets that are not the server's own yet. */
export async function deployableOf(
  crafter: Crafter,
  record: ServerRecord,
  extra: Readonly<Record<string, string>> = {},
): Promise<Deployable> {
  const places = placesOf(crafter.stateFolder);
  const { workspace } = places.folders(record.name);
  await mkdir(workspace, { recursive: true });
  await noteRun(crafter, record.name, (await crafter.workshop()).sandbox.kind);
  const token = await tokenFor(crafter, record.name);
  return {
    blueprint: record.blueprint,
    bundle: await artifactOf(crafter, record),
    workspace,
    environment: { ...(await environmentOf(crafter, record)), ...extra, MCP_TOKEN: token },
    onLog: (line) => crafter.fleet.logs.append(record.name, line),
  };
}

/** Before a run: where that has no sandbox, the server's report says so from now on. */
export async function noteRun(crafter: Crafter, name: string, sandbox: Sandbox['kind']): Promise<void> {
  if (sandbox !== 'none') return;
  await crafter.storage.servers.change(name, (record) => {
    if (record.report === undefined || record.report.caveats.includes(unprotected)) return undefined;
    return { ...record, report: { ...record.report, caveats: [...record.report.caveats, unprotected] } };
  });
}

type StdioLaunch = Pick<ServerLaunch, 'name' | 'workspace' | 'grants' | 'runFolder'> & {
  command: string[];
  mounts: { source: string; target: string; access: 'read' | 'write' }[];
  transport: 'stdio';
  environment: Record<string, string>;
  /** Run it even where there is no sandbox. */
  unsafe: boolean;
  /** Variables whose values must not be shown. */
  secrets: string[];
  /** When the server was made: another one of its name is not the same. */
  made: string;
};

/** How to run a server over stdio in the sandbox. Holds its secrets in the clear; whoever runs it notes the run. */
export async function launchOf(crafter: Crafter, record: ServerRecord): Promise<StdioLaunch> {
  const places = placesOf(crafter.stateFolder);
  const { workspace } = places.folders(record.name);
  const language = await (await crafter.workshop()).language(record.blueprint.language);
  return {
    name: record.name,
    command: [...language.command('stdio')],
    mounts: [{ source: await artifactOf(crafter, record), target: '/app', access: 'read' }],
    transport: 'stdio',
    workspace,
    grants: record.blueprint.grants,
    environment: await environmentOf(crafter, record),
    runFolder: places.run,
    unsafe: crafter.unsafe,
    secrets: [...(await crafter.secrets.names(record.name))],
    made: record.createdAt,
  };
}
