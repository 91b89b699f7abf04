import { describe, expect, it } from 'vitest';
import { emptyCrafter } from '../../test/support/empty-crafter.ts';
import { wordForm, wordTool } from '../../test/support/cli.ts';
import type { Crafter } from '../crafter.ts';
import { openBuilds } from '../pipeline.ts';
import type { PlannedRequest } from '../spec/index.ts';
import { executePlan, planServer } from './plan-server.ts';
import { runOperation } from './run-operation.ts';

/** An inside of a service that keeps plans and their secrets, and tells which secrets would go with a build. */
function keeping() {
  const plans = new Map<string, PlannedRequest>();
  const values = new Map<string, Map<string, string>>();
  const sent: Readonly<Record<string, string>>[] = [];
  const empty = emptyCrafter({});
  const of = (owner: string) => values.get(owner) ?? new Map<string, string>();
  const storage = {
    ...empty.storage,
    plans: {
      get: async (id: string) => plans.get(id),
      put: async (planned: PlannedRequest) => void plans.set(planned.plan.id, planned),
    },
  } as Crafter['storage'];
  const secrets = {
    ...empty.secrets,
    names: async (owner: string) => [...of(owner).keys()],
    get: async (owner: string, name: string) => of(owner).get(name),
    set: async (owner: string, name: string, value: string) => void values.set(owner, of(owner).set(name, value)),
    deleteAll: async (owner: string) => void values.delete(owner),
  } as Crafter['secrets'];
  const order: Crafter['builds']['order'] = async ({ build, blueprint: { name, version } }, given) => {
    sent.push(given);
    return { id: build, server: name, version, status: 'queued', fraction: 0, message: '', createdAt: '' };
  };
  const parts = { storage, secrets, events: empty.events, jobs: {} as never, workshop: () => empty.workshop() };
  const crafter = { ...empty, storage, secrets, builds: { ...openBuilds(parts), order } };
  return { crafter: crafter as Crafter, sent };
}

const decoy = 'a value that is kept';
const form = wordForm('shop', {}, { environment_vars: { SHOP_PASSWORD: decoy } });
const code = { custom_tools: [wordTool() as { name: string; description: string }] };

describe('[SECRETS-7] secrets that are kept with a plan', () => {
  it('go with the plan as it was made, by its id and as a file', async () => {
    const { crafter, sent } = keeping();
    const { plan } = await runOperation(crafter, planServer, { form });
    for (const given of [plan.id, JSON.parse(JSON.stringify({ plan })) as object])
      await runOperation(crafter, executePlan, { plan: given as string });
    expect(sent).toEqual([{ SHOP_PASSWORD: decoy }, { SHOP_PASSWORD: decoy }]);
  });

  it('do not go with another server under its id, which is said', async () => {
    const { crafter, sent } = keeping();
    const { plan } = await runOperation(crafter, planServer, { form });
    const other = JSON.parse(JSON.stringify(plan).replace('return { word };', 'return { word: 1 };')) as object;
    const { notes } = await runOperation(crafter, executePlan, { plan: other as Record<string, unknown> });
    expect(sent).toEqual([{}]);
    expect(notes.join()).toContain('(SHOP_PASSWORD) are not taken over');
    expect(notes.join()).not.toContain(decoy);
  });

  it('are gone when another plan of its id is made', async () => {
    const { crafter, sent } = keeping();
    const context = { taskId: 'same', requirements: ['Read CSV files and check the e-mail addresses in them.'] };
    for (const SHOP_PASSWORD of [decoy, ''])
      await runOperation(crafter, planServer, { context, ...code, environment_vars: { SHOP_PASSWORD } });
    await runOperation(crafter, executePlan, { plan: 'same' });
    expect(sent).toEqual([{}]);
  });
});
