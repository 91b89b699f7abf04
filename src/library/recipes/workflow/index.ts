import { defineRecipe } from '../../../spec/index.ts';
import { apiEnvironment } from '../../api-environment.ts';
import { answer, choice, count, integer, list, object, text } from '../../schema.ts';

const anything = (description: string) => ({ description });
const condition = (description: string) => ({
  ...object(
    {
      left: anything('Value or template, such as `{{steps.fetch.status}}`.'),
      operator: choice('How to compare.', ['equals', 'not_equals', 'greater', 'less', 'contains', 'exists', 'empty']),
      right: anything('What to compare with; not needed for exists and empty.'),
    },
    ['left', 'operator'],
  ),
  description,
});
const stepId = text('Id of the step.', 64, { minLength: 1, pattern: '^[A-Za-z][A-Za-z0-9_-]*$' });

const step = object(
  {
    id: stepId,
    type: choice(
      'http: call an API. wait: pause. map: build a value. condition: compare. write_file: write to the workspace.',
      ['http', 'wait', 'map', 'condition', 'write_file'],
    ),
    after: list('Steps that must come first; steps whose results are used need not be named.', stepId, 100),
    if: condition('Run the step only when this holds.'),
    retries: integer('How often a failed step is tried again.', 0, 10, { default: 0 }),
    retry_seconds: {
      type: 'number',
      description: 'Pause before the first retry; it doubles each time.',
      minimum: 0,
      maximum: 60,
      default: 1,
    },
    method: choice('For http.', ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'], 'GET'),
    path: text('For http: path below API_BASE_URL, with the API’s credentials.', 2000, { minLength: 1 }),
    url: text('For http: address on another granted host, without credentials.', 2000, { minLength: 1 }),
    query: {
      type: 'object',
      description: 'For http: query parameters.',
      additionalProperties: { type: ['string', 'number', 'boolean'], maxLength: 2000 },
      maxProperties: 50,
    },
    body: anything('For http: JSON to send.'),
    seconds: { type: 'number', description: 'For wait.', minimum: 0, maximum: 300 },
    value: anything('For map: the value to build.'),
    condition: condition('For condition: its result is `passed`.'),
    file: text('For write_file: path in the workspace.', 1000, { minLength: 1 }),
    content: anything('For write_file: text, or a value to write as JSON.'),
  },
  ['id', 'type'],
);

export const workflow = defineRecipe({
  name: 'workflow',
  title: 'Workflows',
  summary: 'Runs a dependency graph of steps, in parallel where possible, with conditions, retries and resuming.',
  taskTypes: ['workflow_automation'],
  capability: 'workflow',
  modules: {
    typescript: ['workflow.ts', 'workflow-graph.ts', 'workflow-steps.ts', 'workflow-state.ts', 'workflow-template.ts'],
  },
  dependencies: [],
  environment: apiEnvironment.map((variable) => ({ ...variable, required: false })),
  tools: [
    {
      name: 'workflow_engine',
      title: 'Workflow engine',
      description:
        'Runs a graph of steps (HTTP calls, waits, mappings, conditions, file writes) in the order their dependencies ask for, independent ones at the same time, with retries. ' +
        'Values pass between steps by templates such as `{{steps.fetch.body.id}}`. ' +
        'Returns the state of every step and the wished output; called again with the same run_id, it resumes after the steps that are done. ' +
        'Does not run code or schedule itself, and does not undo steps.',
      vocabulary: {
        phrases: [
          'workflow engine',
          'run a workflow',
          'workflow automation',
          'automate a process',
          'multi-step process',
          'multi step workflow',
          'run steps in order',
          'chain of steps',
          'chain api calls',
          'dependency graph',
          'task dependencies',
          'steps that depend on each other',
          'orchestrate steps',
          'orchestrate tasks',
          'run in parallel',
          'parallel steps',
          'pipeline of steps',
          'dag',
          'conditional steps',
          'if this then that',
          'retry failed steps',
          'resume after failure',
                    'approval process',
          'onboarding process',
          'order fulfilment process',
          'process automation',
          'state machine',
          'sequence of actions',
          'step by step automation',
          'execute tasks in order',
          'coordinate tasks',
          'business process',
          'job dependencies', 'workflow', 'workflows', 'step fails', 'steps fail', 'in the right order', 'one after another', 'one after the other', 'approval workflow', 'process with steps', 'run process', 'nightly process', 'several steps', 'depend on each other', 'dependency order', 'after crash', 'step by step', 'run the steps', 'steps in order', 'multi-stage', 'sequence of steps', 'only continue if', 'continue only when', 'trigger then', 'each step', 'pipeline with steps', 'automated process', 'process flow', 'retry steps', 'independent steps', 'survive restarts', 'left off', 'carry on', 'pick up where', 'repeatable after failure', 'after failure', 'on failure', 'in sequence', 'prerequisite', 'predecessor', 'step failed', 'failed step', 'failed steps', 'steps must', 'run in order', 'tasks in order', 'execute in order', 'order of steps', 'sequence of tasks', 'multi step', 'steps run', 'parallel where', 'waits for', 'wait until', 'wait for', 'task graph', 'run jobs in', 'ordered steps', 'only after', 'continue after', 'rerun from', 'restart from', 'previous step', 'next step', 'steps with dependencies', 'steps wait', 'later steps', 'restartable', 'release checklist', 'predecessors', 'steps in sequence', 'depends on', 'orchestrate', 'approve requests', 'approval chain', 'requests approval', 'step is repeated', 'waits for previous', 'each waits', 'compensate on error', 'compensate', 'stage process', 'review by', 'state must survive', 'survive restart', 'pipeline reserve', 'in several stages', 'undo on failure', 'rollback on', 'fail over to', 'after another', 'process in steps', 'process with', 'wait for approval', 'conditional branch', 'each step may', 'step may only', 'the next one', 'approval', 'remember where it stands', 'where it stands', 'depend on others', 'others depend', 'wait two days', 'wait days', 'independent tasks', 'can be resumed', 'later from that point', 'continue from', 'from that point', 'some depend', 'tasks depend', 'steps of plan', 'closing tasks', 'task list in order', 'goes through stages', 'dependency graph of', 'onboarding steps', 'approval flow', 'in which step', 'which step', 'steps of', 'step comes', 'comes after both', 'start it again', 'go at once', 'steps', 'fails start', 'release flow', 'flow of', 'goes to next', 'both said yes', 'only if both', 'falls over', 'declines go back', 'case then',],
        verbs: ['orchestrate', 'automate', 'run', 'execute', 'coordinate', 'chain', 'sequence', 'resume', 'trigger', 'kick off', 'go through', 'carry out', 'perform', 'orchestrate', 'drive', 'restart', 'continue', 'wait', 'crash', 'approve', 'depend', 'proceed',],
        objects: [
          'workflow',
          'workflows',
          'steps',
          'process',
          'tasks',
          'dependency graph',
          'dependencies',
          'stages',
          'job graph',
          'procedure',
          'runbook',
          'checklist', 'step', 'batch', 'pipeline', 'sequence', 'chain', 'approvals', 'routine', 'phases', 'subtasks', 'failing step', 'last step', 'plan steps',],
        not: [
          'schedule',
          'cron',
          'every day at',
          'git workflow',
          'github actions',
          'ci pipeline',
          'ml pipeline',
          'train a model',
        ],
      },
      input: object(
        {
          steps: list('The steps, in any order.', step, 200, { minItems: 1 }),
          input: {
            type: 'object',
            description: 'Values for templates, as `{{input.name}}`.',
            additionalProperties: true,
            maxProperties: 1000,
          },
          output: anything('What to return at the end; templates are filled in.'),
          run_id: text('Run to start or to resume; made up when absent.', 64, {
            minLength: 1,
            pattern: '^[A-Za-z0-9][A-Za-z0-9_-]*$',
          }),
          max_parallel: integer('Most steps at the same time.', 1, 16, { default: 4 }),
        },
        ['steps'],
      ),
      output: answer(
        {
          run_id: { type: 'string', description: 'Give it again to resume.' },
          status: {
            type: 'string',
            enum: ['completed', 'failed'],
            description: 'Failed when a step failed; others may have been done.',
          },
          steps: {
            type: 'array',
            description: 'Every step.',
            items: object(
              {
                id: { type: 'string', description: 'Id.' },
                status: {
                  type: 'string',
                  enum: ['done', 'skipped', 'failed', 'blocked'],
                  description: 'Blocked: one before it failed.',
                },
                attempts: count('How often it was tried.'),
                error: { type: 'string', description: 'What went wrong and what to do.' },
              },
              ['id', 'status', 'attempts'],
            ),
          },
          resumed: count('Steps that an earlier call had done.'),
          state_file: { type: 'string', description: 'File with all results.' },
          output: { description: 'The wished output.' },
        },
        ['output'],
      ),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
      examples: [
        {
          arguments: {
            run_id: 'order-17',
            input: { order: 17, total: 120 },
            steps: [
              { id: 'big', type: 'condition', condition: { left: '{{input.total}}', operator: 'greater', right: 100 } },
              {
                id: 'note',
                type: 'map',
                value: 'Order {{input.order}} needs approval',
                if: { left: '{{steps.big.passed}}', operator: 'equals', right: true },
              },
              { id: 'save', type: 'write_file', file: 'approvals/{{input.order}}.txt', content: '{{steps.note}}' },
            ],
            output: '{{steps.save.file}}',
          },
          expect: { contains: '"output":"approvals/17.txt"' },
        },
        {
          arguments: {
            steps: [
              { id: 'a', type: 'wait', seconds: 0, after: ['b'] },
              { id: 'b', type: 'wait', seconds: 0, after: ['a'] },
            ],
          },
          expect: { isError: true },
        },
      ],
      handler: { module: 'workflow.ts', export: 'runWorkflow' },
      uses: ['folders', 'fetch', 'secret'],
    },
  ],
});
