import { z } from 'zod';
import { CrafterError } from '../errors.ts';
import { build } from '../spec/index.ts';
import type { Build } from '../spec/index.ts';
import type { Crafter } from '../crafter.ts';
import { defineOperation } from './define.ts';

const buildId = z.string().min(1).describe('A build id (build-…), or a server name for its newest build.');

export const getBuildStatus = defineOperation({
  name: 'get_build_status',
  title: 'Status of a build',
  summary:
    'Tells how far a build has come: status (queued, running, success, failed, cancelled), stage, fraction, message; at its end the report, or the error with what to correct. With wait it answers when the build has ended.',
  input: z.strictObject({
    build: buildId,
    wait: z.boolean().default(false).describe('Answer only when the build has ended.'),
  }),
  output: build,
  effect: 'read',
  idempotent: true,
  mcp: true,
  cli: { command: 'status', positionals: ['build'] },
  async run(crafter, input, work) {
    const found = await findBuild(crafter, input.build);
    return input.wait ? crafter.builds.wait(found.id, work) : found;
  },
});

export const cancelBuild = defineOperation({
  name: 'cancel_build',
  title: 'Cancel a build',
  summary: 'Ends a build that is not finished. What it made so far is removed; a server that exists stays as it was.',
  input: z.strictObject({ build: buildId }),
  output: build,
  effect: 'write',
  idempotent: true,
  mcp: false,
  cli: { command: 'cancel', positionals: ['build'] },
  async run(crafter, input, work) {
    const found = await findBuild(crafter, input.build);
    await crafter.builds.cancel(found.id);
    return crafter.builds.wait(found.id, work);
  },
});

async function findBuild(crafter: Crafter, id: string): Promise<Build> {
  const stored = await crafter.storage.builds.get(id);
  if (stored !== undefined) return withoutInput(stored);
  const newest = (await crafter.storage.builds.list({ server: id, limit: 1 }))[0];
  if (newest !== undefined) return newest;
  throw new CrafterError('NOT_FOUND', `There is no build "${id}" and no server of that name has one.`, {
    hint: 'Build ids look like build-3f9c0a1b2d4e; `mcp-crafter list` shows the servers.',
  });
}

/** What was ordered is stored beside a build and not shown. */
function withoutInput(stored: Build & { input?: unknown }): Build {
  const { input: _input, ...shown } = stored;
  return shown;
}
