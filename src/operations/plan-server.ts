import { z } from 'zod';
import { CrafterError } from '../errors.ts';
import { recipes } from '../library/index.ts';
import { createServers, grantPlan } from '../pipeline.ts';
import type { Prepared } from '../pipeline.ts';
import { readPlan } from '../plan/index.ts';
import { analysis, plan } from '../spec/index.ts';
import type { Plan } from '../spec/index.ts';
import { canonicalJson, sha256 } from '../util/index.ts';
import type { Crafter } from '../crafter.ts';
import { orderOptions, prepareInput } from './create-server.ts';
import { defineOperation } from './define.ts';
import { wishOf } from './document.ts';
import { buildFields, grantFields, waysIn } from './fields.ts';
import { outcome } from './outcome.ts';

export const planServer = defineOperation({
  name: 'plan_server',
  title: 'Plan a server',
  summary: [
    'Analyses a request and plans its servers; builds nothing.',
    'Returns the analysis (task type, complexity, risks, limits, with reasons) and the plan: servers with tools, phases, grants, what is missing, questions.',
    'create_mcp_server with the same input builds it, `mcp-crafter execute` by its id.',
  ].join(' '),
  input: z.strictObject({ ...waysIn, allow_hosts: grantFields.allow_hosts }),
  output: z.object({ analysis, plan }),
  effect: 'write',
  idempotent: true,
  mcp: true,
  cli: { command: 'plan', positionals: ['server_name?'] },
  async run(crafter, input, work) {
    const prepared = await prepareInput(crafter, input, work);
    if (prepared === undefined) {
      throw new CrafterError('INVALID_INPUT', 'There is nothing to plan.', {
        hint: 'Give a prompt, form, context or document.',
      });
    }
    const planned = grantPlan(prepared, await wishOf({ allow_hosts: input.allow_hosts }));
    await crafter.builds.keepPlan(planned);
    return { analysis: planned.planned.analysis, plan: planned.plan };
  },
});

export const executePlan = defineOperation({
  name: 'execute_plan',
  title: 'Execute a plan',
  summary:
    'Builds the servers of a plan that plan_server made: by its id, by the taskId of the context it came from, or from the plan itself after editing. Answers like create_mcp_server.',
  input: z.strictObject({
    plan: z
      .union([z.string().min(1), z.record(z.string(), z.unknown())])
      .describe('Id of a plan (plan-…), taskId of its context, or the plan as an object, edited or not.'),
    ...grantFields,
    ...buildFields,
  }),
  output: outcome,
  effect: 'write',
  idempotent: false,
  mcp: false,
  cli: { command: 'execute', positionals: ['plan'] },
  async run(crafter, input, work) {
    const prepared = await preparedPlan(crafter, input.plan);
    return createServers(crafter, prepared, await wishOf(input), orderOptions(input), work);
  },
});

/** @throws CrafterError NOT_FOUND for an unknown id, INVALID_INPUT naming the field of an edited plan. */
async function preparedPlan(crafter: Crafter, given: string | Record<string, unknown>): Promise<Prepared> {
  if (typeof given === 'string') {
    const kept = await crafter.builds.keptPlan(given);
    if (kept !== undefined) return { ...kept, isPlan: true };
    throw new CrafterError('NOT_FOUND', `There is no plan "${given}".`, {
      hint: 'Make one with `mcp-crafter plan`; it prints the id.',
    });
  }
  const read = (value: unknown): Plan =>
    readPlan(
      value,
      recipes.map(({ name }) => name),
    );
  const whole = read('plan' in given ? given['plan'] : given);
  const kept = await crafter.builds.keptPlan(whole.id);
  if (kept === undefined) return { plan: whole, notes: [], secrets: {}, isPlan: true };
  // A plan file may come from anyone, and its id is no secret.
  const own = new Set(read(kept.plan).servers.map(digestOf));
  const isOwn = whole.servers.every((server) => own.has(digestOf(server)));
  const names = Object.keys(kept.secrets).join(', ');
  const notes = isOwn || names === '' ? kept.notes : [...kept.notes, changedSince(names)];
  return { plan: whole, notes, secrets: isOwn ? kept.secrets : {}, isPlan: true };
}

const digestOf = ({ blueprint }: Plan['servers'][number]): string => sha256(canonicalJson(blueprint));

const changedSince = (names: string): string =>
  `The plan is not as it was made: the values kept with it (${names}) are not taken over. Give them again with --env.`;
