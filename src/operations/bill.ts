import { z } from 'zod';
import { defineOperation } from './define.ts';
import { server } from './fields.ts';
import { findServer } from './find-server.ts';

export const getServerSbom = defineOperation({
  name: 'get_server_sbom',
  title: 'Bill of materials',
  summary:
    'Gives the bill of materials of a server, by CycloneDX 1.6: each package that it runs with, with exact version, licence and digest, and what needs what. The project holds the same as sbom.cdx.json.',
  input: z.strictObject({ server }),
  output: z.record(z.string(), z.unknown()),
  effect: 'read',
  idempotent: true,
  mcp: false,
  cli: { command: 'sbom', positionals: ['server'] },
  async run(crafter, input) {
    const { blueprint } = await findServer(crafter, input.server);
    const files = await (await crafter.workshop()).generate(blueprint);
    return JSON.parse(files.get('sbom.cdx.json')!.text) as Record<string, unknown>;
  },
});
