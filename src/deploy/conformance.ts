import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../client/index.ts';
import { createTypescript } from '../languages/index.ts';
import { openSandbox } from '../sandbox/index.ts';
import { blueprint } from '../spec/index.ts';
import type { Deployable, Instance, Language, Target } from '../spec/index.ts';
import { writeTree } from '../storage/index.ts';
import type { ProcessTargetParts } from './targets/process/index.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };
const sample = blueprint.parse({
  format: 1,
  name: 'target-sample',
  version: '1.0.0',
  title: 'Sample',
  description: 'Says where it is.',
  language: 'typescript',
  tools: [
    {
      name: 'say_region',
      title: 'Say region',
      description: 'Returns the region that the server was started with.',
      input: { type: 'object', properties: {} },
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      implementation: { kind: 'code', code: 'return { region: process.env.SAMPLE_REGION };' },
    },
  ],
  environment: [{ name: 'SAMPLE_REGION', description: 'Where it is.' }],
  provenance: { source: 'form', digest: '0'.repeat(64) },
});

/** The tests that every target passes; the test of a new one is `targetConformance(createTarget)`. */
export function targetConformance(createTarget: (parts: ProcessTargetParts) => Target): void {
  describe(`${createTarget.name} as every target`, () => {
    let folder: string;
    let target: Target;
    let server: Deployable;
    const log: string[] = [];

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'target-'));
      const sandbox = await openSandbox({ stateFolder: folder });
      const language = createTypescript({ sandbox, stateFolder: folder });
      server = { ...(await makeServer(language, folder)), onLog: (line) => void log.push(line) };
      target = createTarget({ sandbox, runFolder: join(folder, 'run'), command: () => language.command('http') });
    });

    afterAll(() => rm(folder, { recursive: true, force: true }));

    it('[HOUSE-8] starts a server that answers with its environment, and ends it without a trace', async () => {
      const instance = await target.start(server);
      try {
        expect(await region(instance)).toEqual({ region: 'north' });
        expect(await instance.memory()).toBeGreaterThan(1_000_000);
        expect(instance.refusedHosts()).toEqual([]);
      } finally {
        await instance.stop();
      }
      expect(await instance.exited).toMatchObject({ code: 0 });
      expect(log.some((line) => line.includes('"level"'))).toBe(true);
      await expect.poll(() => readdir(join(folder, 'run'))).toEqual([]);
    });

    it('[HOUSE-8] runs two at once, apart from each other', async () => {
      const other = { ...server, environment: { SAMPLE_REGION: 'south' } };
      const instances = await Promise.all([target.start(server), target.start(other)]);
      try {
        expect(await Promise.all(instances.map(region))).toEqual([{ region: 'north' }, { region: 'south' }]);
      } finally {
        await Promise.all(instances.map((instance) => instance.stop()));
      }
    });

    it('[HOUSE-8] says that a server does not come up, and leaves nothing of it', async () => {
      const broken = { ...server, bundle: join(folder, 'empty') };
      await expect(target.start(broken)).rejects.toMatchObject({ code: 'SERVER_UNHEALTHY' });
      await expect.poll(() => readdir(join(folder, 'run'))).toEqual([]);
    });

    it('[HOUSE-8] starts nothing when it was called off', async () => {
      await expect(target.start({ ...server, signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: 'CANCELLED',
      });
    });
  });
}

/** Generates, installs and bundles the sample below `folder`. */
async function makeServer(language: Language, folder: string): Promise<Omit<Deployable, 'onLog'>> {
  await Promise.all(['run', 'workspace', 'empty'].map((name) => mkdir(join(folder, name))));
  const files = language.generate({ blueprint: sample, recipes: new Map(), readModule, crafterVersion: '0.0.0' });
  await writeTree(join(folder, 'project'), files);
  const installed = await language.install(sample, work);
  const bundle = await language.bundle(join(folder, 'project'), installed, join(folder, 'bundle'), work);
  return {
    blueprint: sample,
    bundle: bundle.path,
    workspace: join(folder, 'workspace'),
    environment: { SAMPLE_REGION: 'north' },
  };
}

async function region({ url, socketPath, token }: Instance): Promise<unknown> {
  const endpoint = { kind: 'http' as const, url: url ?? 'http://localhost/mcp', socketPath, token };
  const connection = await connect(endpoint, { era: 'auto' });
  try {
    return (await connection.callTool('say_region', {})).structuredContent;
  } finally {
    await connection.close();
  }
}

function readModule(): never {
  throw new Error('the sample uses no recipe');
}
