import type { Crafter } from '../crafter.ts';
import type { ProjectFiles } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { changeRecord } from './change-record.ts';
import { unsetVariables } from './launch-environment.ts';
import type { Outcome } from './outcome.ts';
import { recordActive } from './releases.ts';
import { sealFor } from './secrets.ts';
import type { OrderOptions } from './wish-types.ts';

export interface Settings {
  readonly secrets: Readonly<Record<string, string>>;
  readonly options: OrderOptions;
  readonly notes: readonly string[];
}

/** An update that leaves the server's files as they are: values of secrets, port, folder, started or not. */
export async function applySettings(
  crafter: Crafter,
  before: ServerRecord,
  files: ProjectFiles,
  { secrets, options, notes }: Settings,
): Promise<Outcome> {
  const { port = before.port, out = before.out, start } = options;
  const changed = Object.keys(secrets).length > 0 || port !== before.port || out !== before.out;
  const record: ServerRecord = { ...before, port, out, desired: start ? 'running' : before.desired };
  if (out !== undefined && out !== before.out) {
    const { writeProject } = await import('../generate/index.ts');
    await writeProject(out, files);
  }
  await sealFor(crafter.secrets, record.name, secrets);
  const elsewhere = (await crafter.fleet.elsewhere()).has(record.name);
  if (record.desired === 'running' && (changed || !elsewhere)) {
    if (Object.keys(secrets).length > 0 && !elsewhere) await crafter.fleet.replace(record);
    await crafter.fleet.start(record, { ask: elsewhere });
    await recordActive(crafter, record);
  }
  if (changed || record.desired !== before.desired) {
    await changeRecord(crafter, record.name, { port, out, desired: record.desired });
  }
  const { url } = crafter.fleet.state(record.name);
  return {
    status: changed ? 'success' : 'unchanged',
    server: record.name,
    version: record.version,
    message: changed
      ? `${record.name} ${record.version} has its new settings; its code is unchanged.`
      : `Nothing changes: ${record.name} ${record.version} is what the request asks for.`,
    notes: [...notes, ...(await unsetVariables(crafter, record.blueprint))],
    ...(url === undefined ? {} : { url }),
    ...(record.report === undefined ? {} : { report: record.report }),
  };
}
