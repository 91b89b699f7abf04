import { sandboxPaths } from '../harness/leaks.ts';
import { startServer } from '../../runner/index.ts';
import { BUILD_NICENESS } from '../../sandbox/index.ts';
import type { Mount } from '../../sandbox/index.ts';
import { unprotected, type Bundle } from '../../spec/index.ts';
import type { Work } from '../../spec/index.ts';
import type { Target } from '../target.ts';
import type { VerifierConfig, VerifySubject } from '../types.ts';
import { readSources } from './sources.ts';

type ProjectSubject = Extract<VerifySubject, { kind: 'project' }>;

/** A generated project: bundled and checked side by side from the start, run from its bundle. */
export function projectTarget(subject: ProjectSubject, { sandbox }: VerifierConfig, work: Work): Target {
  const { blueprint, projectDir, dependencies, language, bundleDir } = subject;
  const bundling = language.bundle(projectDir, dependencies, bundleDir, work).then((bundle): Bundle => {
    subject.onBundle?.(bundle);
    return bundle;
  });
  const checking = language.check(projectDir, dependencies, work);
  for (const promise of [bundling, checking]) promise.catch(() => undefined);
  return {
    name: blueprint.name,
    version: blueprint.version,
    generated: true,
    blueprint,
    transports: ['stdio', 'http'],
    async start({ transport, workspace, workspaceAccess, runFolder, controlFolder, environment, signal, onLog }) {
      const bundle = await bundling;
      return startServer(sandbox, {
        name: blueprint.name,
        command: language.command(transport),
        mounts: [{ source: bundle.path, target: '/app', access: 'read', owned: true }, ...controlMount(controlFolder)],
        transport,
        workspace,
        workspaceAccess,
        grants: { hosts: [], folders: [] },
        environment,
        runFolder,
        limits: { niceness: BUILD_NICENESS },
        signal,
        ...(onLog && { onLog }),
      });
    },
    sources: () => readSources(projectDir),
    dependencies: async () => dependencies.path,
    diagnostics: () => checking,
    bundle: () => bundling,
    hiddenPaths: [projectDir, bundleDir, dependencies.path, ...sandboxPaths],
    sandbox: sandbox.kind,
    caveats: sandbox.kind === 'none' ? [unprotected] : [],
  };
}

export const controlMount = (folder: string | undefined): readonly Mount[] =>
  folder === undefined ? [] : [{ source: folder, target: folder, access: 'write', owned: true }];
