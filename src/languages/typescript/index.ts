import { join } from 'node:path';
import type { Sandbox } from '../../sandbox/index.ts';
import { defineLanguage, type Blueprint, type Language } from '../../spec/index.ts';
import { bundleProject } from './bundle.ts';
import { checkProject } from './check.ts';
import { pathOf, readEdited } from './edited.ts';
import { ejectTool } from './eject/eject.ts';
import { openFoundAgain } from './found-again.ts';
import { generate } from './generate.ts';
import { allPackages, lockFile, ownDependencies, type LockedPackages } from './lock.ts';
import { createPackageManager } from './npm.ts';
import { parseCode } from './parse-code.ts';
import { resolveDependencies } from './resolve.ts';
import { installSet } from './store.ts';
import { configuredAge } from './supply/age.ts';

export interface TypescriptConfig {
  readonly sandbox: Sandbox;
  /** Absolute path; dependencies are kept in its `store/`. */
  readonly stateFolder: string;
}

/** Servers in TypeScript on Node: types by TypeScript, lint by oxlint, bundles by esbuild, each in the sandbox. */
export function createTypescript({ sandbox, stateFolder }: TypescriptConfig): Language {
  const days = configuredAge();
  const npm = createPackageManager(sandbox, stateFolder);
  const parts = { sandbox, found: openFoundAgain(join(stateFolder, 'found')) };
  return defineLanguage({
    name: 'typescript',
    generate,
    parseCode,
    eject: ejectTool,
    readEdited,
    pathOf,
    resolve: (wanted, work, allowed = []) => resolveDependencies(wanted, npm, work, { allowed, days }),
    install: (blueprint, work) =>
      installSet(wantedBy(blueprint), join(stateFolder, 'store'), npm, work, {
        allowed: blueprint.grants.packages ?? [],
        days,
      }),
    check: (projectDir, dependencies, work) => checkProject(parts, projectDir, dependencies, work),
    bundle: (projectDir, dependencies, outDir, work) => bundleProject(parts, projectDir, dependencies, outDir, work),
    command: (transport) => ['/node/bin/node', '/app/main.mjs', ...(transport === 'http' ? ['--http'] : [])],
  });
}

/** One set serves every server that adds no dependencies of its own: all that recipes may use is in it. */
function wantedBy({ dependencies: added }: Blueprint) {
  const dependencies = {
    ...ownDependencies(),
    ...Object.fromEntries(added.map(({ name, version }) => [name, version])),
  };
  const root = { name: 'server', version: '1.0.0', dependencies, devDependencies: {} };
  const { packages } = JSON.parse(lockFile(root, allPackages(added))) as { packages: LockedPackages };
  const { '': _root, ...rest } = packages;
  return { direct: Object.keys(dependencies), packages: rest };
}
