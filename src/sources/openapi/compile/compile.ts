import type { Api, EnvironmentVariable, Reading, Request, SourceOptions, Tool } from '../../../spec/index.ts';
import { invalidInput } from '../../../spec/index.ts';
import { withoutHidden } from '../../../util/index.ts';
import { applyOverrides } from '../document/apply-overrides.ts';
import type { ApiDocument } from '../document/types.ts';
import { variablePrefix } from './credential-names.ts';
import { identityOf } from './identity.ts';
import { hostsOf } from './hosts.ts';
import { findOperations } from './find-operations.ts';
import { compileOperations } from './operations.ts';
import { notesOf, refuseStrict } from './remarks.ts';
import { createContext } from './schema/store.ts';
import { compileSecurity } from './security.ts';
import { usedSchemes } from './security-requirements.ts';
import type { CompiledSecurity } from './security.ts';
import { createServers } from './servers.ts';
import { isPoisoned } from './text.ts';

/** Most operations of one server. */
const maxOperations = 5000;

/** What planning starts from unless the user says otherwise. */
const usualBudget = { tools: 25, tokens: 10_000 };

/**
 * Compiles an API document into a Request whose tools are its operations. Pure: no I/O.
 * @throws CrafterError INVALID_INPUT when the document has no operation, too many, or (`strict`) anything that had to be mended.
 */
export function compile(document: ApiDocument, options: SourceOptions): Reading {
  const api = options.api ?? {};
  const { context, finish } = createContext(document.root, document.version, (remark) => document.remark(remark));
  const identity = identityOf(document.root, options.name);
  const servers = createServers(context, api.location, api.baseUrl);
  const security = compileSecurity(context, variablePrefix(identity.title));
  const found = findOperations(context);
  refuseCount(found.length);
  const tools = applyOverrides(compileOperations({ context, servers, security }, found), document, api);
  if (tools.length === 0) throw nothingLeft();
  const used = usedSecurity(security, tools);
  const compiled: Api = {
    title: identity.title,
    version: identity.version,
    servers: [...servers.all],
    security: used.schemes,
    schemas: finish(),
    remarks: [...document.remarks],
    passCredentials: api.passCredentials === true,
    ...(api.strict === true && { strict: true }),
  };
  if (api.strict === true) refuseStrict(compiled.remarks);
  const hosts = hostsOf(compiled, { typed: api.baseUrl, documentServers: servers.ofDocument, tools });
  const request: Request = {
    kind: 'openapi',
    digest: document.digest,
    name: identity.name,
    intent: identity.intent,
    requirements: [],
    constraints: [],
    expectedOutputs: [],
    declared: { taskType: 'api_integration' },
    capabilities: [...(options.capabilities ?? [])],
    language: 'typescript',
    tools,
    api: {
      api: compiled,
      ...(api.shape !== undefined && { shape: api.shape }),
      budget: { tools: api.budget?.tools ?? usualBudget.tools, tokens: api.budget?.tokens ?? usualBudget.tokens },
      pins: [...(api.pins ?? []), ...(document.pins ?? [])],
    },
    dependencies: [],
    environment: environmentOf([...servers.environment, ...used.environment]),
    grants: { hosts: uniqueHosts([...hosts.granted, ...(options.hosts ?? [])]), folders: [...(options.folders ?? [])] },
    metadata: {},
    notes: notesOf(compiled.remarks, hosts, options.hosts),
  };
  return { request, secrets: {} };
}

/** Schemes that some operation names, with their variables. */
function usedSecurity(security: CompiledSecurity, tools: readonly Tool[]): CompiledSecurity {
  const used = usedSchemes(
    tools.flatMap(({ implementation }) => (implementation.kind === 'http' ? [implementation] : [])),
  );
  const schemes = Object.fromEntries(Object.entries(security.schemes).filter(([name]) => used.has(name)));
  const read = new Set(
    Object.values(schemes).flatMap((scheme) => Object.values(scheme).filter((value) => typeof value === 'string')),
  );
  return { schemes, environment: security.environment.filter(({ name }) => read.has(name)) };
}

const environmentOf = (variables: readonly EnvironmentVariable[]): EnvironmentVariable[] =>
  [...new Map(variables.map((variable) => [variable.name, presentable(variable)])).values()].slice(0, 100);

/** Addresses, choices and names of the document stand in descriptions as they are: nothing hidden, and no orders. */
function presentable(variable: EnvironmentVariable): EnvironmentVariable {
  const words = withoutHidden(variable.description).replace(/\s+/g, ' ').trim();
  return { ...variable, description: isPoisoned(words) ? 'Value that the API wants.' : words };
}

const uniqueHosts = (hosts: Request['grants']['hosts']): Request['grants']['hosts'] =>
  [...new Map(hosts.map((grant) => [`${grant.host}:${grant.port}`, grant])).values()].slice(0, 100);

function refuseCount(count: number): void {
  if (count === 0) throw nothingLeft();
  if (count <= maxOperations) return;
  throw invalidInput('API document', [
    {
      field: 'paths',
      value: `${count} operations`,
      message: `more than ${maxOperations} operations`,
      remedy: 'Choose some of them by --tag, --path, --method or --operation.',
    },
  ]);
}

const nothingLeft = (): Error =>
  invalidInput('API document', [
    {
      field: 'paths',
      message: 'no operation is left to make a tool of',
      remedy: 'Give a document with at least one operation under `paths`, or filters that some operation passes.',
    },
  ]);
