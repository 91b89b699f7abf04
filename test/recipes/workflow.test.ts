import { afterEach, describe, expect, it } from 'vitest';
import type { WorkflowStep } from '../../src/library/recipes/workflow/workflow-graph.ts';
import { runWorkflow } from '../../src/library/recipes/workflow/workflow.ts';
import { makeApiTest, type ApiTest } from '../support/api-context.ts';
import { startCrm, type Crm } from '../support/crm-server.ts';
import { listen, sendJson } from '../support/loopback.ts';

let crm: Crm;
let test: ApiTest;

async function start(retries = 0): Promise<void> {
  crm = await startCrm({ collection: 'tickets' });
  test = await makeApiTest({ API_BASE_URL: crm.url }, { hosts: [crm.host], retries });
}

afterEach(async () => {
  await Promise.all([crm.close(), test.dispose()]);
});

const map = (id: string, value: WorkflowStep['value'], more: Partial<WorkflowStep> = {}): WorkflowStep => ({
  id,
  type: 'map',
  value,
  ...more,
});
const statuses = (answer: Awaited<ReturnType<typeof runWorkflow>>) =>
  Object.fromEntries(answer.steps.map((step) => [step.id, step.status]));

describe('a workflow', () => {
  it('[RECIPES-INTEGRATION-14] runs independent steps at the same time, and no more than allowed', async () => {
    await start();
    let waiting: (() => void)[] = [];
    // Answers only when two calls are there: one after the other, they would wait for ever.
    const pairs = await listen((_request, response) => {
      waiting.push(() => sendJson(response, 200, { together: waiting.length }));
      if (waiting.length < 2) return;
      for (const answer of waiting) answer();
      waiting = [];
    });
    const context = { ...test.context, fetch };
    const steps = ['a', 'b', 'c', 'd'].map((id): WorkflowStep => ({ id, type: 'http', url: pairs.url }));
    const answer = await runWorkflow(
      { steps, max_parallel: 2, output: ['{{steps.a.body.together}}', '{{steps.d.body.together}}'] },
      context,
    );
    expect(answer.output).toEqual([2, 2]);
    await pairs.close();
  });

  it('[RECIPES-INTEGRATION-14] passes results on', async () => {
    await start();
    const steps: WorkflowStep[] = [
      {
        id: 'link',
        type: 'http',
        method: 'POST',
        path: 'tickets',
        body: { title: 'Second', about: '{{steps.open.body.id}}' },
      },
      { id: 'open', type: 'http', method: 'POST', path: 'tickets', body: { title: '{{input.title}}' } },
      { id: 'a', type: 'wait', seconds: 0 },
      { id: 'b', type: 'wait', seconds: 0 },
    ];
    const seen: number[] = [];
    const context = { ...test.context, progress: (done: number) => void seen.push(done) };
    const answer = await runWorkflow(
      { steps, input: { title: 'First' }, output: { about: '{{steps.link.body.about}}' } },
      context,
    );
    expect(answer).toMatchObject({ status: 'completed', output: { about: 1 }, resumed: 0 });
    expect([...crm.records.values()].map((record) => record['title'])).toEqual(['First', 'Second']);
    expect(seen.at(-1)).toBe(4);
  });

  it('[RECIPES-INTEGRATION-14] names the steps of a cycle, also one that templates make', async () => {
    await start();
    const steps = [map('a', '{{steps.c}}'), map('b', 1, { after: ['a'] }), map('c', 1, { after: ['b'] })];
    await expect(runWorkflow({ steps }, test.context)).rejects.toThrow('a → c → b → a');
    await expect(runWorkflow({ steps: [map('a', '{{steps.nobody}}')] }, test.context)).rejects.toThrow(
      '“nobody”, which is no step',
    );
  });

  it('[RECIPES-INTEGRATION-14] goes on after a failure, without doing again what was done', async () => {
    await start();
    const steps: WorkflowStep[] = [
      { id: 'first', type: 'http', method: 'POST', path: 'tickets', body: { title: 'once' } },
      { id: 'second', type: 'http', path: 'tickets/{{steps.first.body.id}}', after: ['first'] },
      map('third', '{{steps.second.body.title}}'),
      map('other', 1),
    ];
    crm.beforeNextWrite = () => crm.scripted.push({ status: 500 });
    const failed = await runWorkflow({ steps, run_id: 'night' }, test.context);
    expect(statuses(failed)).toEqual({ first: 'done', second: 'failed', third: 'blocked', other: 'done' });
    expect(failed.steps[1]?.error).toContain('500');
    const again = await runWorkflow({ steps, run_id: 'night', output: '{{steps.third}}' }, test.context);
    expect(again).toMatchObject({ status: 'completed', resumed: 2, output: 'once' });
    expect(crm.records.size).toBe(1);
  });

  it('[RECIPES-INTEGRATION-14] retries a step as often as asked, and does a changed step and what follows anew', async () => {
    await start();
    crm.scripted.push({ status: 500 }, { status: 500 });
    const steps = (text: string): WorkflowStep[] => [
      { id: 'list', type: 'http', path: 'tickets', retries: 2, retry_seconds: 0 },
      map('text', text),
      map('end', '{{steps.text}}!'),
    ];
    const first = await runWorkflow({ steps: steps('one'), run_id: 'r' }, test.context);
    expect(first.steps[0]).toMatchObject({ status: 'done', attempts: 3 });
    expect(
      await runWorkflow({ steps: steps('two'), run_id: 'r', output: '{{steps.end}}' }, test.context),
    ).toMatchObject({ resumed: 1, output: 'two!' });
  });

  it('leaves out a branch whose condition fails, and runs what joins the branches', async () => {
    await start();
    const branch = (right: boolean) => ({ if: { left: '{{input.yes}}', operator: 'equals' as const, right } });
    const steps = [
      map('yes', 'Y', branch(true)),
      map('no', 'N', branch(false)),
      map('after_no', 1, { after: ['no'] }),
      map('join', ['{{steps.yes}}', '{{steps.no}}']),
    ];
    const answer = await runWorkflow({ steps, input: { yes: true }, output: '{{steps.join}}' }, test.context);
    expect(statuses(answer)).toEqual({ yes: 'done', no: 'skipped', after_no: 'skipped', join: 'done' });
    expect(answer.output).toEqual(['Y', null]);
  });

  it('[RECIPES-INTEGRATION-12] does not let a value lead a call elsewhere', async () => {
    await start();
    const steps: WorkflowStep[] = [{ id: 'get', type: 'http', path: 'tickets/{{input.id}}' }];
    const answer = await runWorkflow({ steps, input: { id: '1?admin=true/../..' } }, test.context);
    expect(answer.status).toBe('failed');
    expect(crm.calls[0]?.path).toBe('/tickets/1%3Fadmin%3Dtrue%2F..%2F..');
  });
});
