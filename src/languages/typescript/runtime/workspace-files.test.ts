import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openFolders } from './folders.ts';
import { workspaceFiles } from './workspace-files.ts';

let workspace: string;

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'workspace-'));
  process.env['MCP_WORKSPACE'] = workspace;
});

afterEach(async () => {
  delete process.env['MCP_WORKSPACE'];
  await rm(workspace, { recursive: true, force: true });
});

it('offers the files of the workspace and links to those an answer names', async () => {
  const folders = openFolders({ maxInputBytes: 100 });
  const files = workspaceFiles(folders);
  await folders.writeText('reports/a b.json', '{}');
  const uri = 'workspace:///reports/a%20b.json';
  expect(await files.list()).toEqual([{ uri, name: 'reports/a b.json' }]);
  expect(await files.read(uri)).toBe('{}');
  const answer = {
    report: 'reports/a b.json',
    rows: 3,
    file: 'missing.csv',
    path: '../../etc/passwd',
    name: 'reports/a b.json',
  };
  expect(files.linksIn(answer)).toEqual([{ type: 'resource_link', uri, name: 'a b.json' }]);
});

it('[GENERATE-10] keeps a sealed sign-in to the server', async () => {
  const folders = openFolders({ maxInputBytes: 100 });
  const files = workspaceFiles(folders);
  await folders.writeText('oauth/login.sealed', 'x');
  expect(await files.list()).toEqual([]);
  for (const uri of ['workspace:///oauth/login.sealed', 'workspace:///oauth/login%2Esealed'])
    await expect(files.read(uri), uri).rejects.toThrow('no file of the workspace');
});

it('[GENERATE-10] reads nothing outside of the workspace', async () => {
  const files = workspaceFiles(openFolders({ maxInputBytes: 100 }));
  await symlink('/etc/hostname', join(workspace, 'link'));
  for (const uri of [
    'workspace:///link',
    'workspace:///..%2F..%2Fetc%2Fhostname',
    'workspace:////etc/hostname',
    'file:///etc/hostname',
    'workspace:///%',
  ]) {
    await expect(files.read(uri), uri).rejects.toThrow();
  }
});
