import { defineSource, invalidInput, parseInput } from '../../spec/index.ts';
import type { Problem } from '../../errors.ts';
import type { Reading, SourceOptions } from '../../spec/index.ts';
import { sha256 } from '../../util/index.ts';
import { folderGrantOf, hostGrantOf } from '../grants.ts';
import { isProblem, readComplexity, readLanguage, readServerName } from '../names.ts';
import { readDependencies } from './dependencies.ts';
import { readEnvironment } from './environment.ts';
import { readFeatures } from './features.ts';
import { form } from './schema.ts';
import type { Form } from './schema.ts';
import { maxTools, readTools } from './tools.ts';

/** The form: a server's name, description and tools with their code, as JSON. */
export const formSource = defineSource({
  kind: 'form',
  summary: 'JSON with server_name, description and custom_tools',
  recognizes: (_text, value) =>
    isRecord(value) && (has(unwrapped(value), 'server_name') || has(unwrapped(value), 'custom_tools')),
  read: (text, value, options) => readForm(text, unwrapped(value), options),
});

/** Documents show the form as the arguments of a tool call: that is accepted as it stands. */
function unwrapped(value: unknown): unknown {
  return isRecord(value) && value['tool'] === 'create_mcp_server' && isRecord(value['arguments'])
    ? value['arguments']
    : value;
}

function readForm(text: string, value: unknown, options: SourceOptions): Reading {
  refuseTooManyTools(value);
  const given = parseInput(form, value, 'form');
  const problems: Problem[] = [];
  const keep = <Value>(read: Value | Problem, fallback: Value): Value => {
    if (!isProblem(read)) return read;
    problems.push(read);
    return fallback;
  };
  const name = keep(
    readServerName(options.name ?? given.server_name, options.name === undefined ? 'server_name' : 'name'),
    { name: 'server' },
  );
  const language = keep(readLanguage(options.language ?? given.language, 'language'), 'typescript');
  const word = options.complexity ?? given.complexity;
  const complexity = word === undefined ? undefined : keep(readComplexity(word, 'complexity'), 'moderate');
  const tools = readTools(given.custom_tools, options);
  const environment = readEnvironment(given.environment_vars, tools.tools);
  const dependencies = readDependencies(
    given.dependencies,
    given.custom_tools.map((tool) => tool.implementation ?? '').join('\n'),
  );
  const features = readFeatures([...given.capabilities, ...(options.capabilities ?? [])], given.deployment_config);
  problems.push(...tools.problems, ...environment.problems, ...dependencies.problems, ...features.problems);
  const grants = readGrants(given, options, problems);
  if (problems.length > 0) throw invalidInput('form', problems);
  return {
    secrets: environment.secrets,
    request: {
      kind: 'form',
      digest: sha256(text),
      name: name.name,
      intent: given.description,
      requirements: [],
      constraints: given.constraints,
      expectedOutputs: given.expected_outputs,
      declared: complexity === undefined ? {} : { complexity },
      capabilities: features.capabilities,
      language,
      tools: tools.tools,
      dependencies: dependencies.dependencies,
      environment: environment.environment,
      grants,
      metadata: {},
      notes: [
        ...(name.note === undefined ? [] : [name.note]),
        ...tools.notes,
        ...environment.notes,
        ...dependencies.notes,
        ...features.notes,
      ],
    },
  };
}

function readGrants(given: Form, options: SourceOptions, problems: Problem[]): Reading['request']['grants'] {
  const folders = given.folders.flatMap((folder, index) => {
    const field = `folders[${index}]`;
    const text = typeof folder === 'string' ? folder : `${folder.path}:${folder.access === 'write' ? 'rw' : 'ro'}`;
    const grant = folderGrantOf(text, field);
    return isProblem(grant) ? (problems.push(grant), []) : [grant];
  });
  const hosts = given.hosts.flatMap((host, index) => {
    const grant = hostGrantOf(host, `hosts[${index}]`);
    return isProblem(grant) ? (problems.push(grant), []) : [grant];
  });
  return { folders: [...folders, ...(options.folders ?? [])], hosts: [...hosts, ...(options.hosts ?? [])] };
}

/** Before the schema: three hundred tools would give three hundred problems. */
function refuseTooManyTools(value: unknown): void {
  const tools = isRecord(value) ? value['custom_tools'] : undefined;
  if (!Array.isArray(tools) || tools.length <= maxTools) return;
  const parts = Math.ceil(tools.length / maxTools);
  throw invalidInput('form', [
    {
      field: 'custom_tools',
      value: `${tools.length} tools`,
      message: `more than ${maxTools} tools`,
      remedy: `Split them over ${parts} servers by subject; agents choose well among a few dozen.`,
    },
  ]);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const has = (value: unknown, key: string): boolean => isRecord(value) && Object.hasOwn(value, key);
