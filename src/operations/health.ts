import { z } from 'zod';
import { version } from '../util/index.ts';
import { defineOperation } from './define.ts';

export const getServiceHealth = defineOperation({
  name: 'get_service_health',
  title: 'Health of the service',
  summary:
    'Tells how the service itself is: version, process, memory, state folder, servers by status, unfinished builds.',
  input: z.strictObject({}),
  output: z.object({
    version: z.string(),
    pid: z.int(),
    uptimeSeconds: z.number(),
    memoryBytes: z.int(),
    stateFolder: z.string(),
    servers: z.array(
      z.object({ name: z.string(), status: z.string(), restarts: z.int(), problem: z.string().optional() }),
    ),
    unfinishedBuilds: z.array(z.string()),
  }),
  effect: 'read',
  idempotent: true,
  mcp: false,
  async run(crafter) {
    const records = await crafter.storage.servers.list();
    const elsewhere = await crafter.fleet.elsewhere();
    const unfinished = await crafter.storage.builds.list({ unfinished: true });
    return {
      version,
      pid: process.pid,
      uptimeSeconds: Math.round(process.uptime()),
      memoryBytes: process.memoryUsage.rss(),
      stateFolder: crafter.stateFolder,
      servers: records.map(({ name }) => {
        const { status, restarts, problem } = crafter.fleet.state(name);
        return {
          name,
          status: elsewhere.has(name) ? 'running' : status,
          restarts,
          ...(problem === undefined ? {} : { problem: crafter.secrets.mask(problem) }),
        };
      }),
      unfinishedBuilds: unfinished.map((build) => build.id),
    };
  },
});
