import { z } from 'zod';
import { report } from '../spec/index.ts';
import { verifySubject } from '../pipeline.ts';
import { defineOperation } from './define.ts';
import { absolutePath } from './document.ts';
import { grantFields } from './fields.ts';

export const verifyServer = defineOperation({
  name: 'verify_server',
  title: 'Verify a server',
  summary:
    'Verifies a server and returns the report: does it build, start and speak both protocol eras (L1), is its interface sound (L2), does it behave (L3), and security findings. The server may be a registered one, a folder, a command, or a URL; commands run in the sandbox. A failed check is part of the report.',
  input: z.strictObject({
    server: z.string().min(1).optional().describe('Name of a registered server.'),
    folder: z.string().min(1).optional().describe('Absolute path of a folder that holds a server.'),
    command: z
      .array(z.string())
      .min(1)
      .max(100)
      .optional()
      .describe('Program and arguments that start a server over stdio.'),
    url: z
      .url({ protocol: /^https?$/ })
      .optional()
      .describe('Where a server answers over HTTP.'),
    token: z.string().optional().describe('Bearer token for the URL.'),
    allow_packages: grantFields.allow_packages,
    conformance: z
      .boolean()
      .default(false)
      .describe('Also run the official conformance suite, which may call tools named test_….'),
  }),
  output: report,
  effect: 'write',
  idempotent: true,
  mcp: false,
  cli: { command: 'verify', positionals: ['server'] },
  run: (crafter, input, work) =>
    verifySubject(
      crafter,
      { ...input, ...(input.folder === undefined ? {} : { folder: absolutePath(input.folder, 'folder') }) },
      work,
    ),
});
