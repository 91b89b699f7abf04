import type { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { CrafterError } from '../../errors.ts';
import { commandName, packageUrl } from '../../util/index.ts';
import { runInService } from '../operation.ts';
import { plain, shown, style } from '../output.ts';
import { renderOutcome } from '../render/build.ts';
import type { CommandContext } from '../program.ts';
import { resultText, heading } from './quickstart-text.ts';
import type { ValidationError, Cleaned } from './quickstart-text.ts';

const server = 'customer-data';
const examples = fileURLToPath(new URL('examples', packageUrl));

/** Runs the main job on the shipped example: makes a server, verifies and starts it, puts a CSV through it. */
export function addQuickstart(program: Command, context: CommandContext): void {
  program
    .command('quickstart')
    .description('Make, verify and start the example server, clean a CSV with it, and show how to connect your client.')
    .option('--json', 'Write one JSON document to stdout.')
    .action(async () => {
      title(context, `1  A server from examples/customer-data.context.json`);
      const outcome = await makeServer(context);
      if (!context.output.json) process.stdout.write(`${shown(renderOutcome(outcome as never))}\n`);
      if (outcome.status === 'failed') {
        process.exitCode = 5;
        return;
      }
      title(context, '2  Cleaning examples/customers.csv with it');
      const cleaned = await cleanCustomers(context);
      context.output.result({ outcome, ...cleaned }, resultText(server, cleaned));
    });
}

interface Outcome {
  readonly status: string;
  readonly server: string;
}

async function makeServer(context: CommandContext): Promise<Outcome> {
  const document = readFileSync(new URL('examples/customer-data.context.json', packageUrl), 'utf8');
  const common = { document, kind: 'context', folders: [examples], start: true, wait: true };
  const { servers } = (await runInService(context, 'list_servers', {})) as { servers: readonly { name: string }[] };
  const exists = servers.some(({ name }) => name === server);
  return (await runInService(
    context,
    exists ? 'update_server' : 'create_mcp_server',
    exists ? { server, ...common } : { server_name: server, ...common },
  )) as Outcome;
}

async function cleanCustomers(context: CommandContext): Promise<Cleaned> {
  const read = await call(context, 'csv_processor', { path: 'customers.csv', dataset: 'customers' });
  const checked = await call(context, 'data_validator', { dataset: String(read.dataset), defaultCountry: 'US' });
  const transformed = await call(context, 'data_transformer', {
    dataset: String(checked.validDataset),
    into: 'customers_clean',
    defaultCountry: 'US',
  });
  const exported = await call(context, 'json_exporter', { dataset: String(transformed.dataset) });
  const { folders } = (await runInService(context, 'get_server_info', { server })) as {
    folders: { workspace: string };
  };
  return {
    rows: Number(read.rows),
    rejected: Number(checked.rejectedRows),
    errorCount: Number(checked.errorCount),
    errors: checked.errors as ValidationError[],
    preview: exported.preview as Record<string, unknown>[],
    columns: exported.columns as string[],
    file: `${folders.workspace}/${String(exported.file)}`,
  };
}

async function call(
  context: CommandContext,
  tool: string,
  args: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const result = (await runInService(context, 'call_tool', { server, tool, arguments: args })) as {
    isError?: boolean;
    content: readonly { text?: string }[];
    structuredContent?: Record<string, unknown>;
  };
  if (result.isError === true || result.structuredContent === undefined) {
    throw new CrafterError('SERVER_CALL_FAILED', `${tool} failed: ${result.content[0]?.text ?? ''}`, {
      hint: `See \`${commandName} logs ${server}\`.`,
    });
  }
  if (!context.output.json)
    process.stdout.write(`  ${style('green', '✓')} ${tool.padEnd(17)} ${style('dim', plain(JSON.stringify(args)))}\n`);
  return result.structuredContent;
}

function title(context: CommandContext, text: string): void {
  if (!context.output.json) process.stdout.write(`\n${heading(text)}\n`);
}
