import { z } from 'zod';
import { overviewOf } from '../storage/index.ts';
import { annotations, grants, limits, release, report, serverSummary } from '../spec/index.ts';
import type { Crafter } from '../crafter.ts';
import { removeServer } from '../pipeline.ts';
import { defineOperation } from './define.ts';
import { server } from './fields.ts';
import { findServer } from './find-server.ts';
import { summaryOf } from './summary.ts';

export const listServers = defineOperation({
  name: 'list_servers',
  title: 'List servers',
  summary: 'Lists every server with version, status, description, tools, score and, while it runs, its URL.',
  input: z.strictObject({}),
  output: z.object({ servers: z.array(serverSummary) }),
  effect: 'read',
  idempotent: true,
  mcp: true,
  cli: { command: 'list' },
  async run(crafter) {
    const servers = await crafter.storage.servers.list();
    const elsewhere = await crafter.fleet.elsewhere();
    return {
      servers: servers.map((each) => summaryOf(each, crafter.fleet.state(each.name), elsewhere.get(each.name))),
    };
  },
});

const shownTool = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string(),
  input: z.record(z.string(), z.unknown()),
  output: z.record(z.string(), z.unknown()).optional(),
  annotations,
});

const traffic = z.object({
  requests: z.int(),
  refused: z.int(),
  bytesSent: z.int(),
  bytesReceived: z.int(),
  hosts: z.record(z.string(), z.int()),
});

export const getServerInfo = defineOperation({
  name: 'get_server_info',
  title: 'Show a server',
  summary:
    'Shows a server: tools with their schemas, grants, limits, environment variables (names, and whether set), folders, traffic, releases, latest report. Never values of secrets.',
  input: z.strictObject({
    server,
    with_token: z
      .boolean()
      .default(false)
      .describe('Show the token that HTTP clients of the running server need. Keep it out of logs and shared files.'),
  }),
  output: serverSummary.extend({
    tools_in_full: z.array(shownTool),
    grants,
    limits,
    environment: z.array(
      z.object({
        name: z.string(),
        description: z.string(),
        required: z.boolean(),
        secret: z.boolean(),
        set: z.boolean(),
      }),
    ),
    /** Absolute paths on the service's machine. */
    folders: z.object({ project: z.string(), workspace: z.string(), out: z.string().optional(), log: z.string() }),
    releases: z.array(release),
    restarts: z.int(),
    traffic: traffic.optional(),
    /** Why it is not healthy, when it is not. */
    problem: z.string().optional(),
    token: z.string().optional(),
    report: report.optional(),
  }),
  effect: 'read',
  idempotent: true,
  mcp: true,
  privateFields: ['with_token'],
  cli: { command: 'show', positionals: ['server'] },
  async run(crafter, input) {
    const record = await findServer(crafter, input.server);
    const { blueprint } = record;
    const state = crafter.fleet.state(record.name);
    const sealed = new Set(await crafter.secrets.names(record.name));
    return {
      ...summaryOf(overviewOf(record), state, (await crafter.fleet.elsewhere()).get(record.name)),
      tools_in_full: blueprint.tools.map(
        ({ name, title, description, input: parameters, output, annotations: hints }) => ({
          name,
          title,
          description,
          input: parameters,
          ...(output === undefined ? {} : { output }),
          annotations: hints,
        }),
      ),
      grants: blueprint.grants,
      limits: blueprint.limits,
      environment: blueprint.environment.map(({ name, description, required, secret, value }) => ({
        name,
        description,
        required,
        secret,
        set: secret ? sealed.has(name) : value !== undefined,
      })),
      folders: { ...crafter.folders(record.name), ...(record.out === undefined ? {} : { out: record.out }) },
      releases: [...(await crafter.storage.releases.list(record.name))].slice(0, 20),
      restarts: state.restarts,
      ...(state.traffic === undefined ? {} : { traffic: state.traffic }),
      ...(state.problem === undefined ? {} : { problem: crafter.secrets.mask(state.problem) }),
      ...(input.with_token && state.token !== undefined ? { token: state.token } : {}),
      ...(record.report === undefined ? {} : { report: record.report }),
    };
  },
});

export const deleteServer = defineOperation({
  name: 'delete_server',
  title: 'Delete a server',
  summary:
    'Stops and removes a server for good: project, workspace with all its data, secrets, logs, plans and builds. A folder that it was also written to (out) and granted folders stay. Cannot be undone.',
  input: z.strictObject({ server }),
  output: z.object({ server: z.string(), deleted: z.literal(true) }),
  effect: 'dangerous',
  idempotent: false,
  mcp: true,
  cli: { command: 'delete', positionals: ['server'] },
  async run(crafter, input) {
    if (!(await onlyEnded(crafter, input.server))) await findServer(crafter, input.server);
    await removeServer(crafter, input.server);
    return { server: input.server, deleted: true as const };
  },
});

/** A name of which there is no server, but builds that have ended. */
async function onlyEnded({ storage }: Crafter, server: string): Promise<boolean> {
  if ((await storage.servers.get(server)) !== undefined) return false;
  const builds = await storage.builds.list({ server });
  return builds.length > 0 && builds.every(({ finishedAt }) => finishedAt !== undefined);
}
