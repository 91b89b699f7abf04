import { Command, CommanderError, Option } from 'commander';
import { CrafterError } from '../errors.ts';
import { version } from '../util/index.ts';
import { addLocalCommands } from './commands/index.ts';
import { runOperation } from './operation.ts';
import { readManifest } from './manifest.ts';
import { documentFlags } from './request.ts';
import type { CommandManifest, FlagShape } from './manifest.ts';
import type { Output } from './output.ts';

/** What every command works with. */
export interface CommandContext {
  readonly stateFolder: string;
  readonly output: Output;
  readonly signal: AbortSignal;
}

/** Words of command lines that earlier documents promise and this version does not have. */
const absent: Readonly<Record<string, string>> = {
  watch: 'Watching files and rebuilding is not part of this version. Run `mcp-crafter update NAME` after a change.',
};

/** The command line: one command an operation, and those that work beside the service. */
export function createProgram(context: CommandContext): Command {
  const program = new Command('mcp-crafter')
    .description('From a request to a verified, running MCP server.')
    .version(version, '-V, --version', 'Show the version.')
    .helpOption('-h, --help', 'Show help.')
    .helpCommand('help [command]', 'Show help for a command.')
    .option('--json', 'Write one JSON document to stdout; progress goes to stderr.')
    .showSuggestionAfterError(true)
    .enablePositionalOptions()
    .exitOverride(rethrow)
    .configureOutput({ outputError: () => undefined });
  for (const command of readManifest()) addOperation(program, command, context);
  addLocalCommands(program, context);
  for (const [word, reason] of Object.entries(absent)) {
    program
      .command(word, { hidden: true })
      .allowUnknownOption()
      .allowExcessArguments()
      .action(() => {
        throw new CrafterError('NOT_SUPPORTED', `There is no command \`${word}\` in mcp-crafter ${version}.`, {
          hint: reason,
        });
      });
  }
  return program;
}

function addOperation(program: Command, manifest: CommandManifest, context: CommandContext): void {
  const command = program
    .command(manifest.command)
    .description(manifest.summary)
    .option('--json', 'Write one JSON document to stdout.');
  if (manifest.readsRequest) {
    command.argument('[words...]', 'NAME and/or a request: a file, `-` for standard input, or plain words in quotes.');
    for (const kind of documentFlags) command.option(`--${kind} <file>`, `The request is this ${kind} document.`);
  } else if (manifest.operation === 'verify_server') {
    command.argument('[what...]', 'Name of a server, a folder, a URL, or `-- COMMAND ARGUMENTS`.');
  } else {
    for (const field of manifest.positionals)
      command.argument(field.endsWith('?') ? `[${field.slice(0, -1)}]` : `<${field}>`);
  }
  for (const flag of manifest.flags) command.addOption(optionOf(flag));
  if (manifest.operation === 'plan_server')
    command.option('--out <file>', 'Where to write the plan; NAME.plan.json here when left out.');
  command.action(async (...words: unknown[]) => {
    const self = words.at(-1) as Command;
    const given = Array.isArray(words[0]) ? (words[0] as string[]) : words.slice(0, manifest.positionals.length);
    await runOperation(manifest, given as (string | undefined)[], self.opts(), context);
  });
}

function optionOf({ flag, type, description }: FlagShape): Option {
  const text = description.split(/(?<=\.)\s/)[0] ?? '';
  if (type === 'boolean') return new Option(`--${flag}`, text);
  const option = new Option(
    `--${flag} <${type === 'number' ? 'number' : type === 'pairs' ? 'NAME=VALUE' : 'value'}>`,
    text,
  );
  if (type === 'number') return option.argParser((word) => parseNumber(flag, word));
  if (type === 'list' || type === 'pairs')
    return option.argParser((word, before: string[] | undefined) => [...(before ?? []), word]);
  return option;
}

function parseNumber(flag: string, word: string): number {
  const value = Number(word);
  if (word.trim() !== '' && Number.isFinite(value)) return value;
  throw new CrafterError('INVALID_INPUT', `--${flag} wants a number (given: ${word}).`, {
    hint: `For example: --${flag} 8080`,
  });
}

/** Help and version end well; a wrong word becomes our kind of error. */
function rethrow(error: CommanderError): never {
  if (error.exitCode === 0) process.exit(0);
  throw new CrafterError('INVALID_INPUT', error.message.replace(/^error: /, ''), {
    hint: 'Run `mcp-crafter --help`, or `mcp-crafter COMMAND --help`, for what there is.',
  });
}
