import { z } from 'zod';
import { updateServer as updateRegistered } from '../pipeline.ts';
import { orderOptions, refuseTemplate } from './create-server.ts';
import { withFetched } from './api-document.ts';
import { withMove } from './api-move.ts';
import { defineOperation } from './define.ts';
import { documentOf, wishOf } from './document.ts';
import { buildFields, grantFields, server, waysIn } from './fields.ts';
import { changedTools } from './form-fields.ts';
import { findServer } from './find-server.ts';
import { outcome } from './outcome.ts';
import { withSignatures } from './signatures.ts';

const { server_name: _, ...documents } = waysIn;

export const updateServer = defineOperation({
  name: 'update_server',
  title: 'Update a server',
  summary: [
    'Makes the next version of a server: custom_tools adds tools or changes those of the same name, remove_tools takes tools away, folders, allow_hosts and environment add grants and set values, base_url moves an API; whatever is not named stays.',
    'A prompt, context or document instead replaces what the server was made from.',
    'The new version replaces a running one only after verification, a health check and a trial call of its read-only tools; otherwise the old one goes on.',
    'Answers like create_mcp_server, with what changes in interface and code. The same input again changes nothing.',
  ].join(' '),
  input: z.strictObject({
    server,
    ...documents,
    custom_tools: changedTools,
    remove_tools: z.array(z.string()).max(200).optional().describe('Names of tools to take away.'),
    dry_run: z.boolean().default(false).describe('Only show what would change.'),
    ...grantFields,
    revoke_hosts: z
      .array(z.string().max(300))
      .max(100)
      .optional()
      .describe('Granted hosts to take back: "host" for every port of it, or "host:port".'),
    revoke_folders: z.array(z.string().max(4096)).max(20).optional().describe('Granted folders to take back, by path.'),
    ...buildFields,
  }),
  output: outcome,
  effect: 'write',
  idempotent: true,
  mcp: true,
  cli: { command: 'update', positionals: ['server'] },
  async run(crafter, given, work) {
    refuseTemplate(given.template);
    const fetched = await withFetched(given, work);
    const record = await findServer(crafter, fetched.server);
    const partial = (['form', 'context', 'prompt', 'document'] as const).every((way) => fetched[way] === undefined);
    const input = partial ? withMove(fetched, record.blueprint) : fetched;
    const wish = await wishOf(input);
    const updated = await updateRegistered(
      crafter,
      record,
      {
        // What the server may reach already counts for the new document, too.
        document: documentOf(input, { hosts: [...record.blueprint.grants.hosts, ...wish.hosts] }),
        partial,
        removeTools: input.remove_tools ?? [],
        wish,
        revoke: { hosts: input.revoke_hosts ?? [], folders: input.revoke_folders ?? [] },
        dryRun: input.dry_run,
      },
      orderOptions(input),
      work,
    );
    return withSignatures(crafter, updated);
  },
});
