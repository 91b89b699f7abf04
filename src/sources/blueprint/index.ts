import type { Problem } from '../../errors.ts';
import { blueprint, defineSource, invalidInput, parseInput } from '../../spec/index.ts';
import type { Blueprint, HostGrant, Reading, SourceOptions } from '../../spec/index.ts';
import { isPlaceholder, isSecret, sha256 } from '../../util/index.ts';
import { isPrivate } from '../grants.ts';
import { isProblem, readServerName } from '../names.ts';
import { objectionToSchema } from '../schema-check.ts';

/** A Blueprint, as mcp-crafter.json of a generated project holds it: alone, or under `blueprint`. */
export const blueprintSource = defineSource({
  kind: 'blueprint',
  summary: 'a Blueprint, as in a generated server’s mcp-crafter.json',
  recognizes: (_text, value) => {
    const inner = unwrapped(value);
    return (
      inner !== null &&
      typeof inner === 'object' &&
      ['format', 'name', 'tools', 'provenance'].every((key) => Object.hasOwn(inner, key))
    );
  },
  read: readBlueprint,
});

const unwrapped = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && Object.hasOwn(value, 'blueprint')
    ? (value as { blueprint: unknown }).blueprint
    : value;

function readBlueprint(text: string, value: unknown, options: SourceOptions): Reading {
  const { blueprint: given, secrets } = withoutSecrets(parseInput(blueprint, unwrapped(value), 'Blueprint'));
  const problems: Problem[] = given.tools.flatMap((tool, index) => {
    const message = objectionToSchema(tool.input);
    return message === undefined ? [] : [{ field: `tools[${index}].input`, message, remedy: 'Correct the schema.' }];
  });
  const name = readServerName(options.name ?? given.name, 'name');
  if (isProblem(name)) problems.push(name);
  if (problems.length > 0 || isProblem(name)) throw invalidInput('Blueprint', problems);
  return {
    secrets,
    request: {
      kind: 'blueprint',
      digest: sha256(text),
      ...(given.provenance.taskId === undefined ? {} : { taskId: given.provenance.taskId }),
      name: name.name,
      intent: given.description,
      requirements: [],
      constraints: [],
      expectedOutputs: [],
      declared: {},
      capabilities: [],
      language: given.language,
      tools: given.tools,
      dependencies: given.dependencies,
      environment: given.environment,
      grants: {
        folders: [...given.grants.folders, ...(options.folders ?? [])],
        hosts: [...given.grants.hosts.map(asWritten), ...(options.hosts ?? [])],
      },
      metadata: { blueprint: given },
      notes: [],
    },
  };
}

/** A document may come from anyone: that a public name leads into the private network is not its to say. */
function asWritten(host: HostGrant): HostGrant {
  return { ...host, private: host.private && isPrivate(host.host.toLowerCase()) };
}

/** Values of secrets do not belong in a Blueprint; one that was written by hand may hold them. */
function withoutSecrets(given: Blueprint): { blueprint: Blueprint; secrets: Record<string, string> } {
  const secrets: Record<string, string> = {};
  const environment = given.environment.map((variable) => {
    const { value, ...rest } = variable;
    if (value === undefined || !(rest.secret || isSecret(rest.name, value))) return variable;
    if (!isPlaceholder(value)) secrets[rest.name] = value;
    return { ...rest, secret: true };
  });
  return { blueprint: { ...given, environment }, secrets };
}
