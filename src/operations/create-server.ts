import { z } from 'zod';
import { CrafterError } from '../errors.ts';
import type { Crafter } from '../crafter.ts';
import { createServers, supplyTools } from '../pipeline.ts';
import { withFetched } from './api-document.ts';
import { defineOperation } from './define.ts';
import type { OperationWork } from './define.ts';
import { absolutePath, documentOf, documentsOf, wishOf } from './document.ts';
import { buildFields, grantFields, waysIn } from './fields.ts';
import { outcome } from './outcome.ts';
import { withSignatures } from './signatures.ts';

export const createMcpServer = defineOperation({
  name: 'create_mcp_server',
  title: 'Create an MCP server',
  summary: [
    'Makes a new MCP server, verifies it in a sandbox and registers it; call_tool then calls its tools.',
    'Give a prompt in plain words for what the library of recipes covers, or an OpenAPI document, or server_name, description and custom_tools with code of your own, or a prompt and custom_tools together.',
    'Answers at once with a build id for get_build_status; with wait, when it has ended: success with the tools and what they still lack, or failed with what to correct. A server that failed does not exist: correct it and call again.',
    'A vague request is answered with questions; a need that no recipe covers is named, for custom_tools to supply.',
    'Does not change a server that exists: update_server does.',
  ].join(' '),
  input: z.strictObject({ ...waysIn, ...grantFields, ...buildFields }),
  output: outcome,
  effect: 'write',
  idempotent: false,
  mcp: true,
  cli: { command: 'create', positionals: ['server_name?'] },
  async run(crafter, input, work) {
    const prepared = await prepareInput(crafter, input, work);
    if (prepared === undefined) throw nothingAsked();
    return withSignatures(
      crafter,
      await createServers(crafter, prepared, await wishOf(input), orderOptions(input), work),
    );
  },
});

/** Reads and plans what an input asks for; undefined when it asks for nothing. */
export async function prepareInput(
  crafter: Crafter,
  given: Parameters<typeof documentOf>[0] & Pick<Parameters<typeof wishOf>[0], 'allow_hosts'>,
  work: Pick<OperationWork, 'signal'>,
): Promise<Awaited<ReturnType<Crafter['builds']['prepare']>> | undefined> {
  refuseTemplate(given.template);
  const input = await withFetched(given, work);
  const granted = await wishOf({ allow_hosts: given.allow_hosts });
  const both = documentsOf(input, granted);
  if (both !== undefined) return supplyTools(crafter, await crafter.builds.prepare(both.wish), both.code);
  const document = documentOf(input, granted);
  return document === undefined ? undefined : crafter.builds.prepare(document);
}

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
