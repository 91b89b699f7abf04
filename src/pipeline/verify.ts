import { stat } from 'node:fs/promises';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { invalidInput, repeatUnprotected } from '../spec/index.ts';
import type { Blueprint, Bundle, Report, Work } from '../spec/index.ts';
import { version } from '../util/index.ts';
import type { Verifier, VerifySubject } from '../verify/index.ts';
import type { Waiting } from './types.ts';

export interface Verified {
  readonly report: Report;
  /** Digest of the bundle; empty when none could be made, and the report then says why. */
  readonly artifact: string;
}

/** Verifies a generated project; the bundle that was tried is the one that is kept. */
export async function verifyBuild(
  crafter: Crafter,
  { blueprint, project, bundle }: { readonly blueprint: Blueprint; readonly project: string; readonly bundle: string },
  work: Work,
): Promise<Verified> {
  const workshop = await crafter.workshop();
  const language = await workshop.language(blueprint.language);
  const dependencies = await language.install(blueprint, work);
  let made: Bundle | undefined;
  const verifier = await verifierOf(crafter);
  const report = await verifier.verify(
    {
      kind: 'project',
      blueprint,
      projectDir: project,
      dependencies,
      language,
      bundleDir: bundle,
      onBundle: (done) => (made = done),
    },
    work,
  );
  const earlier = await crafter.storage.servers.get(blueprint.name);
  return { report: repeatUnprotected(report, earlier?.report), artifact: made?.digest ?? '' };
}

export interface VerifyInput {
  readonly server?: string | undefined;
  readonly folder?: string | undefined;
  readonly command?: readonly string[] | undefined;
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly allow_packages?: readonly string[] | undefined;
  readonly conformance?: boolean;
}

/**
 * Verifies whatever the user names; for a registered server the report is kept with it.
 * @throws CrafterError INVALID_INPUT unless exactly one subject is named, NOT_FOUND, SANDBOX_UNAVAILABLE.
 */
export async function verifySubject(crafter: Crafter, input: VerifyInput, waiting: Waiting): Promise<Report> {
  const named = [input.server, input.folder, input.command, input.url].filter((given) => given !== undefined);
  if (named.length !== 1) {
    throw invalidInput('input', [
      {
        field: 'server',
        message: `${named.length} subjects are named`,
        remedy: 'Name one: a server, a folder, a command after `--`, or a URL.',
      },
    ]);
  }
  const work = {
    signal: waiting.signal,
    progress: (message: string, share = 0) =>
      waiting.progress({ stage: 'verify', fraction: share, message, at: new Date().toISOString() }),
  };
  const options = input.conformance === true ? { officialSuite: await suiteOf(crafter) } : {};
  const verifier = await verifierOf(crafter);
  if (input.server === undefined) return verifier.verify(await subjectOf(input), work, options);
  return verifyRegistered(crafter, input.server, (folder) => verifier.verify(folder, work, options));
}

/** @throws CrafterError MISSING_PREREQUISITE when the official conformance suite is not installed. */
async function suiteOf(crafter: Crafter): Promise<string> {
  return (await import('../verify/index.ts')).findSuite(crafter.stateFolder);
}

async function verifyRegistered(
  crafter: Crafter,
  name: string,
  verify: (subject: VerifySubject) => Promise<Report>,
): Promise<Report> {
  const record = await crafter.storage.servers.get(name);
  if (record === undefined)
    throw new CrafterError('NOT_FOUND', `There is no server named "${name}".`, {
      hint: 'Name a folder as ./NAME; `mcp-crafter list` shows the servers.',
    });
  const allowed = record.blueprint.grants.packages ?? [];
  const found = await verify({ kind: 'folder', path: crafter.folders(name).project, allowed });
  let report = repeatUnprotected(found, record.report);
  // The record may have changed meanwhile: only the report is ours.
  await crafter.storage.servers.change(name, (now) => {
    report = repeatUnprotected(found, now.report);
    return now.artifact === record.artifact ? { ...now, report } : undefined;
  });
  return report;
}

async function subjectOf({
  folder,
  command,
  url,
  token,
  allow_packages: allowed = [],
}: VerifyInput): Promise<VerifySubject> {
  if (url !== undefined) return { kind: 'url', url, ...(token === undefined ? {} : { token }) };
  if (command !== undefined) return { kind: 'command', command };
  const path = folder ?? '';
  if ((await stat(path).catch(() => undefined))?.isDirectory() !== true) {
    throw new CrafterError('NOT_FOUND', `There is no folder ${path}.`, {
      hint: 'Give the folder that holds the server.',
    });
  }
  return { kind: 'folder', path, allowed };
}

async function verifierOf(crafter: Crafter): Promise<Verifier> {
  const [{ createVerifier }, { sandbox, language }] = await Promise.all([
    import('../verify/index.ts'),
    crafter.workshop(),
  ]);
  return createVerifier({ sandbox, stateFolder: crafter.stateFolder, version, language });
}
