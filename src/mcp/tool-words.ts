import { operations } from '../operations/index.ts';
import type { Operation } from '../operations/index.ts';

/** Flags that the command line has for fields, with the value as the field takes it. */
const flags: Readonly<Record<string, (value: string) => readonly [string, unknown]>> = {
  '--wait': () => ['wait', true],
  '--allow-host': (value) => ['allow_hosts', [value]],
  '--folder': (value) => ['folders', [value]],
  '--env': (value) => ['environment', Object.fromEntries([value.split(/=(.*)/s).slice(0, 2)])],
};
const command = /`?\bmcp-crafter ([a-z]+)((?: (?:--[a-z-]+(?: [^\s`,;]*[^\s`,;.)])?|[\w-]+(?=[\s`.,;)]|$)))*)`?/g;
const loneFlag = /(--allow-host|--folder|--env) ([^\s`,;]*[^\s`,;.)])/g;

/** Flags that go with an API document, as fields. */
const apiFields: Readonly<Record<string, string>> = {
  '--allow-remote-refs': 'allow_remote_refs',
  '--base-url': 'base_url',
  '--max-tokens': 'max_tokens',
  '--max-tools': 'max_tools',
  '--method': 'methods',
  '--operation': 'operations',
  '--path': 'paths',
  '--pin': 'pins',
  '--read-only': 'read_only',
  '--shape': 'shape',
  '--strict': 'strict',
  '--tag': 'tags',
};
const apiFlag = /--[a-z][a-z-]*[a-z]/g;

/**
 * Our own words as an agent can follow them: commands become calls of the tools that do the same.
 * A command that no tool stands for stays; a person can type it.
 */
export function toolWords(text: string): string {
  return text
    .replace(/Start it with: mcp-crafter start ([\w-]+)/g, 'Its tools can be called with call_tool {"server":"$1",…}.')
    .replace(command, (whole: string, word: string, rest: string) => asCall(word, rest) ?? whole)
    .replace(loneFlag, (_whole, flag: string, value: string) => {
      const [field, given] = flags[flag]?.(value) ?? [flag, value];
      return `${field} ${JSON.stringify(given)}`;
    })
    .replace(apiFlag, (flag) => apiFields[flag] ?? flag);
}

function asCall(word: string, rest: string): string | undefined {
  const operation = operations.find(({ cli, mcp }) => mcp && cli?.command === word);
  if (operation === undefined) return undefined;
  const given = argumentsOf(operation, rest);
  if (given === undefined) return undefined;
  return Object.keys(given).length === 0 ? operation.name : `${operation.name} ${JSON.stringify(given)}`;
}

function argumentsOf({ cli }: Operation, rest: string): Record<string, unknown> | undefined {
  const fields = (cli?.positionals ?? []).map((field) => field.replace('?', ''));
  const given: Record<string, unknown> = {};
  const words = rest.split(' ').filter((word) => word !== '');
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    if (!word.startsWith('--')) {
      const field = fields.shift();
      if (field === undefined) return undefined;
      given[field.replace('...', '')] = field.endsWith('...') ? [word, ...words.splice(index + 1)] : word;
      continue;
    }
    const flag = flags[word];
    if (flag === undefined) return undefined;
    const [field, value] = flag(word === '--wait' ? '' : (words[++index] ?? ''));
    const before = given[field];
    given[field] =
      Array.isArray(before) && Array.isArray(value) ? [...(before as unknown[]), ...(value as unknown[])] : value;
  }
  return given;
}
