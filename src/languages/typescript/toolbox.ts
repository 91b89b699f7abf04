import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Mount } from '../../sandbox/index.ts';
import { installedPackage } from './installed.ts';

/** A program of mcp-crafter's own that runs on generated code in the sandbox. */
export interface Tool {
  /** Program and first arguments as seen inside. */
  readonly command: readonly string[];
  readonly mounts: readonly Mount[];
  /** Of its package. */
  readonly version: string;
}

const platform = `${process.platform}-${process.arch}`;

/** The native type checker, without the launcher that starts it. */
export function typeChecker(): Tool {
  const folder = installedPackage(`@typescript/typescript-${platform}`, installedPackage('typescript'));
  return {
    command: ['/tools/typescript/lib/tsc'],
    mounts: [mount(folder, '/tools/typescript')],
    version: versionOf(folder),
  };
}

export function linter(): Tool {
  const folder = installedPackage('oxlint');
  const binding = installedPackage(`@oxlint/binding-${platform}${process.platform === 'linux' ? '-gnu' : ''}`, folder);
  const root = dirname(dirname(binding));
  const mounts = [
    mount(folder, '/tools/node_modules/oxlint'),
    mount(binding, `/tools/node_modules/${relative(root, binding)}`),
  ];
  return { command: ['/node/bin/node', '/tools/node_modules/oxlint/bin/oxlint'], mounts, version: versionOf(folder) };
}

export function bundler(): Tool {
  const folder = installedPackage(`@esbuild/${platform}`, installedPackage('esbuild'));
  return {
    command: ['/tools/esbuild/bin/esbuild'],
    mounts: [mount(folder, '/tools/esbuild')],
    version: versionOf(folder),
  };
}

function versionOf(folder: string): string {
  return (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }).version;
}

function mount(source: string, target: string): Mount {
  return { source: join(source), target, access: 'read' };
}

/** A project with its dependencies where every tool finds them: in a parent of its folder. */
export function projectMounts(projectDir: string, dependencies: string): readonly Mount[] {
  return [mount(projectDir, '/project'), mount(dependencies, '/node_modules')];
}
