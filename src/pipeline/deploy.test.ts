import { expect, it } from 'vitest';
import { emptyCrafter, recordOf } from '../../test/support/empty-crafter.ts';
import { wordForm } from '../../test/support/cli.ts';
import { deploy } from './deploy.ts';
import type { Verified } from './verify.ts';

it('[EGRESS-8] a build that was ordered with what was taken back since brings nothing back', async () => {
  const server = recordOf(wordForm('shop'));
  const granted = { ...server.blueprint.grants, folders: [{ path: '/shared', access: 'read' as const }] };
  const order = {
    build: 'build-1',
    mode: 'update' as const,
    base: server.version,
    granted,
    blueprint: { ...server.blueprint, version: '1.0.1', grants: granted },
    start: false,
  };
  const deployed = deploy(emptyCrafter({ server }), order, new Map(), {} as Verified, new AbortController().signal);
  await expect(deployed).rejects.toMatchObject({
    code: 'CONFLICT',
    message: 'Grants of shop were changed since this update was ordered.',
  });
});
