import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import { plainText } from '../sandbox/index.ts';
import type { Blueprint, Plan } from '../spec/index.ts';

/**
 * Refuses what cannot become a server, before a build exists.
 * @throws CrafterError NEEDS_ANSWERS with one problem a question; PENDING_TOOLS naming each need and the ways to supply it.
 */
export function refuseUnbuildable(plan: Plan): void {
  if (plan.questions.length > 0) {
    throw new CrafterError('NEEDS_ANSWERS', `The request leaves open: ${plan.questions.join(' ')}`, {
      hint: 'Answer in the request and send it again.',
      problems: plan.questions.map((question) => ({
        field: 'prompt',
        message: question,
        remedy: 'Add the answer to the request.',
      })),
    });
  }
  const pending = plan.servers.flatMap(({ blueprint }) =>
    blueprint.tools.filter((tool) => tool.implementation.kind === 'pending'),
  );
  if (pending.length > 0) throw pendingTools(pending, plan);
  if (plan.servers.every(({ blueprint }) => blueprint.tools.length === 0)) {
    throw new CrafterError('PENDING_TOOLS', 'The plan has no tool.', {
      hint: 'Say what the server should do, or give custom_tools with their code.',
    });
  }
}

function pendingTools(pending: Blueprint['tools'], plan: Plan): CrafterError {
  const needs = pending.map((tool) => (tool.implementation.kind === 'pending' ? tool.implementation.need : tool.name));
  const ways = [...new Set(plan.missing.flatMap((missing) => missing.ways))];
  return new CrafterError(
    'PENDING_TOOLS',
    `No recipe covers: ${needs.map((need) => need.replace(/\.$/, '')).join('; ')}. Somebody must write it.`,
    {
      hint:
        ways[0] ??
        'Give the code: custom_tools with an implementation for each, in a form or through create_mcp_server.',
      problems: pending.map((tool, index) => ({
        field: `tools.${tool.name}`,
        message: `has no implementation: ${needs[index]}`,
        remedy: ways.join(' Or: ') || `Give custom_tools an entry named ${tool.name} with its implementation.`,
      })),
    },
  );
}

/**
 * Shows the granted folders to an empty sandbox, so that one that cannot be used is refused now and not when the server starts.
 * @throws CrafterError GRANT_REFUSED, INVALID_INPUT.
 */
export async function refuseUnusableFolders(crafter: Crafter, { folders }: Blueprint['grants']): Promise<void> {
  if (folders.length === 0) return;
  const { sandbox } = await crafter.workshop();
  const mounts = folders.map(({ path, access }) => ({ source: path, target: path, access, owned: false }));
  await sandbox.run({ command: ['/usr/bin/true'], mounts, limits: { seconds: 10 } });
}

/**
 * Refuses a folder that holds anything but an earlier version of this very server.
 * @throws CrafterError CONFLICT.
 */
export async function refuseForeignFolder(out: string | undefined, server: string): Promise<void> {
  if (out === undefined) return;
  const status = await stat(out).catch(() => undefined);
  if (status === undefined) return;
  if (status.isDirectory()) {
    const names = await readdir(out);
    if (names.length === 0 || (await projectName(out)) === server) return;
  }
  throw new CrafterError('CONFLICT', `${out} holds something else than the server "${server}".`, {
    hint: 'Name an empty folder, or one that does not exist yet.',
    problems: [
      {
        field: 'out',
        value: out,
        message: 'is not empty',
        remedy: 'Name an empty folder, or one that does not exist yet.',
      },
    ],
  });
}

async function projectName(folder: string): Promise<unknown> {
  try {
    const { blueprint } = JSON.parse((await plainText(join(folder, 'mcp-crafter.json'))) ?? '') as {
      blueprint?: { name?: unknown };
    };
    return blueprint?.name;
  } catch {
    return undefined;
  }
}
