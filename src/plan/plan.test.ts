import { describe, expect, it } from 'vitest';
import type { CrafterError } from '../errors.ts';
import { recipes } from '../library/index.ts';
import { analysis as analysisSchema, request as requestSchema } from '../spec/index.ts';
import type { Analysis, Request } from '../spec/index.ts';
import { createPlanner, readPlan } from './index.ts';

const planner = createPlanner(recipes);
const request = (more: object): Request =>
  requestSchema.parse({ kind: 'prompt', digest: 'abcdef0123456789', intent: 'Do things with members', ...more });

function analysis(tools: readonly [recipe: string, tool: string, subject?: string][], more: object = {}): Analysis {
  return analysisSchema.parse({
    taskType: 'data_processing',
    complexity: 'simple',
    complexityWord: 'low',
    estimatedSteps: 1,
    capabilities: [],
    risks: [],
    bottlenecks: [],
    resources: { cpu: '500m', memory: '512Mi', storage: '1Gi' },
    timeline: { minutes: [1, 2], note: '' },
    confidence: 1,
    executionPattern: 'direct',
    matches: tools.map(([recipe, tool, subject]) => ({
      recipe,
      tool,
      score: 1,
      evidence: 'words',
      requirement: 0,
      ...(subject === undefined ? {} : { subject }),
    })),
    outputs: [],
    limits: {},
    uncovered: [],
    questions: [],
    doubts: [],
    reasons: [],
    ...more,
  });
}

const names = (plan: ReturnType<typeof planner>): string[] =>
  plan.servers.flatMap(({ blueprint }) => blueprint.tools.map(({ name }) => name));

describe('plan', () => {
  it('[ANALYSIS-12] orders credentials, sources, changes and ends', () => {
    const found = analysis([
      ['json', 'json_exporter'],
      ['sync', 'sync_manager'],
      ['http', '{subject}_client', 'helpdesk'],
      ['oauth', 'oauth_authenticator'],
    ]);
    const plan = planner(request({ taskId: 'api_7' }), found);
    expect(plan.id).toBe('plan-api_7');
    const flow = plan.servers[0]?.blueprint.flow ?? [];
    expect(flow.map(({ tool }) => tool)).toEqual([
      'oauth_authenticator',
      'helpdesk_client',
      'sync_manager',
      'json_exporter',
    ]);
    expect(flow[1]?.after).toEqual(['oauth_authenticator']);
    expect(plan.servers[0]?.blueprint.name).toBe('helpdesk-sync');
    expect(plan.phases.map(({ name }) => name)).toEqual(['prepare', 'generate', 'verify', 'deploy', 'use']);
    expect(plan.grantsNeeded.join('\n')).toMatch(/OAUTH_CLIENT_ID[\s\S]*--allow-host/);
    expect(plan.rollback).not.toBe('');
  });

  it('[ANALYSIS-12] has the same id for the same request', () => {
    const found = analysis([['hash', 'hash_calculator']]);
    expect(planner(request({}), found).id).toBe('plan-abcdef012345');
    expect(planner(request({}), found)).toEqual(planner(request({}), found));
  });

  it('[ANALYSIS-15] brings a reader along where tools need data', () => {
    expect(names(planner(request({}), analysis([['deduplicate', 'data_deduplicator']])))).toEqual([
      'csv_processor',
      'data_deduplicator',
    ]);
    expect(
      names(
        planner(
          request({}),
          analysis([
            ['json', 'json_reader'],
            ['deduplicate', 'data_deduplicator'],
          ]),
        ),
      ),
    ).toEqual(['json_reader', 'data_deduplicator']);
    expect(names(planner(request({}), analysis([['hash', 'hash_calculator']])))).toEqual(['hash_calculator']);
  });

  it('[ANALYSIS-7] keeps what is not covered pending, with ways to supply it', () => {
    const plan = planner(request({}), analysis([], { uncovered: ['sending e-mail (“send reminder email”)'] }));
    expect(names(plan)).toEqual(['send_reminder_email']);
    expect(plan.servers[0]?.blueprint.tools[0]?.implementation.kind).toBe('pending');
    expect(plan.missing[0]?.ways.join(' ')).toMatch(/custom_tools.*mcp-crafter mcp/);
  });

  it('[ANALYSIS-8] plans no server while there are questions', () => {
    const plan = planner(request({}), analysis([], { questions: ['What?'] }));
    expect(plan.servers).toEqual([]);
    expect(plan.questions).toEqual(['What?']);
  });

  it('[ANALYSIS-14] refuses a form without any tool', () => {
    expect(() => planner(request({ kind: 'form', name: 'x' }), analysis([]))).toThrow(/custom_tools/);
  });

  it('divides tools over servers only when asked', () => {
    const found = analysis([
      ['csv', 'csv_processor'],
      ['http', '{subject}_client', 'crm'],
    ]);
    expect(planner(request({}), found).servers).toHaveLength(1);
    const two = planner(request({ requirements: ['Use two separate servers'] }), found).servers;
    expect(two.map(({ blueprint }) => blueprint.name)).toEqual(['crm-client-api', 'crm-client-data']);
    expect(two.every(({ why }) => why.includes('asks'))).toBe(true);
  });

  it('[ANALYSIS-13] reads its own file back and names what a person broke', () => {
    const wish = request({});
    const found = analysis([['csv', 'csv_processor']]);
    const planned = planner(wish, found);
    const known = recipes.map(({ name }) => name);
    expect(readPlan(JSON.parse(JSON.stringify(planned)), known)).toEqual(planned);
    const broken = (change: object): unknown => {
      const [server] = planned.servers;
      return { ...planned, servers: [{ ...server, blueprint: { ...server?.blueprint, ...change } }] };
    };
    expect(problemOf(() => readPlan(broken({ version: 'one' }), known))).toBe('servers[0].blueprint.version');
    const tools = planned.servers[0]?.blueprint.tools.map((tool) => ({
      ...tool,
      implementation: { ...tool.implementation, recipe: 'csvv' },
    }));
    expect(problemOf(() => readPlan(broken({ tools }), known))).toMatch(
      /servers\[0\]\.blueprint\.tools\[0\]\.implementation\.recipe$/,
    );
  });

  it('[ANALYSIS-12] a tool taken out of a plan file leaves the flow with it', () => {
    const planned = planner(
      request({}),
      analysis([
        ['csv', 'csv_processor'],
        ['validate', 'data_validator'],
        ['json', 'json_exporter'],
      ]),
    );
    const [server] = planned.servers;
    const tools = server?.blueprint.tools.filter(({ name }) => name !== 'data_validator');
    const edited = { ...planned, servers: [{ ...server, blueprint: { ...server?.blueprint, tools } }] };
    const known = recipes.map(({ name }) => name);
    expect(readPlan(edited, known).servers[0]?.blueprint.flow).toEqual([
      { tool: 'csv_processor', after: [] },
      { tool: 'json_exporter', after: ['csv_processor'] },
    ]);
  });
});

function problemOf(run: () => unknown): string | undefined {
  try {
    run();
  } catch (error) {
    return (error as CrafterError).problems[0]?.field;
  }
  return undefined;
}
