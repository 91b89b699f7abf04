import { z } from 'zod';
import { CrafterError } from '../errors.ts';
import { createServers } from '../pipeline.ts';
import { defineOperation } from './define.ts';
import { absolutePath, documentOf, wishOf } from './document.ts';
import { buildFields, grantFields, waysIn } from './fields.ts';
import { outcome } from './outcome.ts';

export const createMcpServer = defineOperation({
  name: 'create_mcp_server',
  title: 'Create an MCP server',
  summary: [
    'Makes a new MCP server from plain words, a form, an orchestration context or a Blueprint: generates it, verifies it in a sandbox and registers it.',
    'To give it tools of your own, pass server_name, description and custom_tools with the code of each tool.',
    'Answers at once with a build id for get_build_status; with wait it answers with the finished report.',
    'When it has passed, call_tool uses it. A request that is too vague is answered with questions; a need that no recipe covers is named and must be supplied as code.',
    'Does not change a server that exists: use update_server.',
  ].join(' '),
  input: z.strictObject({ ...waysIn, ...grantFields, ...buildFields }),
  output: outcome,
  effect: 'write',
  idempotent: false,
  mcp: true,
  cli: { command: 'create', positionals: ['server_name?'] },
  async run(crafter, input, work) {
    refuseTemplate(input.template);
    const document = documentOf(input);
    if (document === undefined) throw nothingAsked();
    const prepared = await crafter.builds.prepare(document);
    return createServers(crafter, prepared, await wishOf(input), orderOptions(input), work);
  },
});

/** What an input says about the time after the build. */
export function orderOptions(input: {
  out?: string | undefined;
  start: boolean;
  port?: number | undefined;
  wait: boolean;
}): {
  out?: string;
  start: boolean;
  port?: number;
  wait: boolean;
} {
  return {
    start: input.start || input.port !== undefined,
    wait: input.wait,
    ...(input.port === undefined ? {} : { port: input.port }),
    ...(input.out === undefined ? {} : { out: absolutePath(input.out, 'out') }),
  };
}

/** @throws CrafterError NOT_SUPPORTED: no template exists yet, and none is silently ignored. */
export function refuseTemplate(template: string | undefined): void {
  if (template === undefined) return;
  throw new CrafterError('NOT_SUPPORTED', `There is no template named "${template}"; this version has no templates.`, {
    hint: 'Leave out the template: recipes of the library are found from the description, and tools of your own come in custom_tools.',
  });
}

function nothingAsked(): CrafterError {
  return new CrafterError('NEEDS_ANSWERS', 'The request does not say what the server should do.', {
    hint: 'Give a prompt in plain words, a form with custom_tools, a context, or the text of a document.',
    problems: [
      {
        field: 'prompt',
        message: 'What should the server do?',
        remedy: 'Say in a sentence what the server should do, or give custom_tools with their code.',
      },
    ],
  });
}
