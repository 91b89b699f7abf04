import { describe, expect, it } from 'vitest';
import { recipes } from '../library/index.ts';
import { analysis as analysisSchema, request as requestSchema } from '../spec/index.ts';
import type { Analysis } from '../spec/index.ts';
import { createAnalyzer } from './index.ts';
import { readLimits } from './judge/limits.ts';

const analyze = createAnalyzer(recipes);
const wish = (requirements: string | string[], more: object = {}): Analysis =>
  analyze(
    requestSchema.parse({
      kind: typeof requirements === 'string' ? 'prompt' : 'context',
      digest: '0',
      intent: [requirements].flat().join('. '),
      requirements: [requirements].flat(),
      ...more,
    }),
  );
const tools = (requirements: string | string[], more: object = {}): string[] =>
  wish(requirements, more)
    .matches.map(({ tool, subject }) => tool.replace('{subject}', subject ?? 'http'))
    .toSorted();

const example1 = {
  requirements: [
    'Process CSV files with customer data',
    'Validate email addresses and phone numbers',
    'Transform data to standardized format',
    'Export cleaned data to JSON',
  ],
  constraints: ['Must handle files up to 10MB', 'Processing time under 30 seconds'],
  expectedOutputs: ['Cleaned customer data in JSON format', 'Validation report with error details'],
};
const example2 = {
  requirements: [
    'Connect to external CRM API',
    'Authenticate using OAuth 2.0',
    'Sync customer records bidirectionally',
  ],
  constraints: ['API calls limited to 1000/hour', 'Must retry failed requests'],
  expectedOutputs: ['Synchronized customer data', 'API call logs'],
};

describe('recipes', () => {
  it('[ANALYSIS-1] finds the four tools of the first example', () => {
    const found = wish(example1.requirements, example1);
    expect(found.matches.map(({ tool }) => tool)).toEqual([
      'csv_processor',
      'data_validator',
      'data_transformer',
      'json_exporter',
    ]);
    expect(found.limits).toMatchObject({ maxInputBytes: 10 * 1024 * 1024, maxSeconds: 30 });
    expect(found.resources).toEqual({ cpu: '1000m', memory: '1Gi', storage: '2Gi' });
    expect(analysisSchema.parse(found)).toEqual(found);
  });

  it('[ANALYSIS-2] finds the three tools of the second example', () => {
    expect(tools(example2.requirements, example2)).toEqual(['crm_client', 'oauth_authenticator', 'sync_manager']);
    expect(wish(example2.requirements, example2).limits).toMatchObject({
      calls: { count: 1000, seconds: 3600 },
      retries: 3,
    });
  });

  it('[ANALYSIS-16] ties expected outputs to the tools that show them', () => {
    expect(wish(example1.requirements, example1).outputs.map(({ tool }) => tool)).toEqual([
      'json_exporter',
      'data_validator',
    ]);
    expect(wish(example2.requirements, example2).outputs.map(({ tool }) => tool)).toEqual([
      'sync_manager',
      '{subject}_client',
    ]);
  });

  it('[ANALYSIS-3] finds them in other words, another order, another domain', () => {
    expect(
      tools(
        'Check e-mail and telephone of the patients in my CSV, bring everything into a uniform format and deliver a JSON file',
      ),
    ).toEqual(['csv_processor', 'data_transformer', 'data_validator', 'json_exporter']);
    expect(
      tools(['Keep tickets in both systems the same', 'Log in with OAuth 2.0', 'Connect to the helpdesk API']),
    ).toEqual(['helpdesk_client', 'oauth_authenticator', 'sync_manager']);
  });

  it('[ANALYSIS-4] leaves out what is negated', () => {
    expect(tools('Read the CSV. No need to remove duplicates, and do not validate anything.')).toEqual([
      'csv_processor',
    ]);
    expect(tools('OAuth is not needed: call the billing API with an API key')).toEqual(['billing_client']);
    expect(wish('Validate the supplier list in JSON. Do not send any mails.').uncovered).toEqual([]);
    expect(tools('Make sure there are no duplicates in the guest list')).toEqual(['data_deduplicator']);
    expect(tools('Report rows of the CSV whose email is not valid')).toContain('data_validator');
  });

  it.each([
    'Read leads.csv and validate the emails, no csv_exporter',
    'Read leads.csv and validate the emails without csv_exporter.',
    'Read leads.csv and validate the emails; csv_exporter is not needed',
  ])('[ANALYSIS-4] builds no tool that is ruled out by its name: %s', (text) => {
    expect(tools(text)).toEqual(['csv_processor', 'data_validator']);
    expect(tools(`${text}. Now do use csv_exporter.`)).toContain('csv_exporter');
  });

  it('[ANALYSIS-5] understands typing errors', () => {
    expect(tools('valdiate emial adresses in the csv flie and exprot the good ones to josn')).toEqual([
      'csv_processor',
      'data_validator',
      'json_exporter',
    ]);
  });

  it('[ANALYSIS-17] suggests what is likely, and builds it only when its name is said', () => {
    const found = wish(['Read people.csv', 'Compare against the other list, keep matching rows']);
    const [first] = found.suggestions;
    expect(first).toBeDefined();
    expect(found.suggestions.length).toBeLessThanOrEqual(5);
    expect(found.matches.map(({ tool }) => tool)).not.toContain(first?.tool);
    expect(tools(['Read people.csv', `Use ${first?.tool ?? ''}`])).toContain(first?.tool);
  });

  it.each([
    ['The names in members.csv are a mess', 'data_transformer', 'csv_processor'],
    ['Our logs are JSON Lines and I would like to see how much each device sends', 'data_aggregator', 'jsonl_reader'],
  ])('[ANALYSIS-17] suggests and does not build: %s', (text, likely, built) => {
    const found = wish(text);
    expect(found.suggestions).toContainEqual(expect.objectContaining({ tool: likely, score: expect.any(Number) }));
    expect(tools(text)).toEqual([built]);
    expect(found.capabilities).toHaveLength(1);
  });

  it('[ANALYSIS-7] takes a condition for no missing tool', () => {
    const found = wish(['Run the steps of our nightly close in order', 'Keep state so that it can be resumed']);
    expect(found.matches.map(({ tool }) => tool)).toContain('workflow_engine');
    expect(found.uncovered).toEqual([]);
    const never = wish(['Remove duplicate leads from leads.csv', 'Never lock the door']);
    expect(never.doubts.join(' ')).toContain('Taken as a condition');
  });

  it('[ANALYSIS-11] tells reading from writing', () => {
    expect(tools('Convert XML to CSV')).toEqual(['csv_exporter', 'xml_reader']);
    expect(tools('JSON -> XML')).toEqual(['json_reader', 'xml_exporter']);
    expect(tools('Export the CSV to JSON')).toEqual(['csv_processor', 'json_exporter']);
    expect(tools('The till writes a CSV every evening; read it')).toEqual(['csv_processor']);
    expect(tools('Delete old sessions from the SQLite database')).toEqual(['sql_writer']);
  });

  it.each([
    'Send an email to each tenant',
    'Translate product texts into French',
    'Generate images of our products',
    'Train a model that predicts churn',
    'Transcribe audio of meetings',
    'Post to Slack when a build fails',
  ])('[ANALYSIS-7] takes no recipe for: %s', (text) => {
    const found = wish(text);
    expect(found.matches).toEqual([]);
    expect(found.uncovered).not.toEqual([]);
  });

  it.each(['make me an mcp server', 'I want something useful for my team', 'help me with data'])(
    '[ANALYSIS-8] asks back on: %s',
    (text) => {
      const found = wish(text);
      expect(found.questions.length).toBeGreaterThan(0);
      expect(found.uncovered).toEqual([]);
    },
  );
});

describe('judgements', () => {
  it('[ANALYSIS-9] keeps what is declared and says its doubt', () => {
    const found = wish('Train a classifier on labelled tickets', {
      declared: { taskType: 'data_processing', complexity: 'simple' },
    });
    expect(found).toMatchObject({ taskType: 'data_processing', complexity: 'simple', complexityWord: 'low' });
    expect(found.doubts.join(' ')).toMatch(/ml_pipeline.*kept/);
  });

  it('[ANALYSIS-10] gives reasons in words of the request', () => {
    const found = wish('Remove duplicate leads from leads.csv');
    const reason = (about: string): string => found.reasons.find((each) => each.about === about)?.because ?? '';
    expect(reason('data_deduplicator')).toMatch(/duplicate/);
    expect(reason('taskType')).toMatch(/csv/);
    const remote = wish(example2.requirements, example2);
    const abouts = remote.reasons.map(({ about }) => about);
    const each = (kind: string, list: readonly unknown[]): string[] => list.map((_, at) => `${kind} ${at + 1}`);
    expect(abouts).toEqual(
      expect.arrayContaining([
        ...each('risk', remote.risks),
        ...each('bottleneck', remote.bottlenecks),
        'crm_client',
        'resources',
        'timeline',
        'confidence',
      ]),
    );
    expect(remote.reasons.find(({ about }) => about === 'risk 1')?.because).toContain('crm_client (“connect');
  });

  it.each([
    ['Files up to 10 MB', { maxInputBytes: 10485760 }],
    ['no file is larger than 500 KB', { maxInputBytes: 512000 }],
    ['max. 1.5GB input', { maxInputBytes: 1610612736 }],
    ['Processing time under 30 seconds', { maxSeconds: 30 }],
    ['must be done within half a minute', { maxSeconds: 30 }],
    ['answers in less than 500ms', { maxSeconds: 0.5 }],
    ['no longer than two minutes', { maxSeconds: 120 }],
    ['API calls limited to 1000/hour', { calls: { count: 1000, seconds: 3600 } }],
    ['at most 5 requests per second', { calls: { count: 5, seconds: 1 } }],
    ['1,000 calls an hour', { calls: { count: 1000, seconds: 3600 } }],
    ['rate limit 100 rpm', { calls: { count: 100, seconds: 60 } }],
    ['not more than 10 requests every 30 seconds', { calls: { count: 10, seconds: 30 } }],
    ['10k requests per day', { calls: { count: 10000, seconds: 86400 } }],
    ['Must retry failed requests', { retries: 3 }],
    ['retry twice', { retries: 2 }],
    ['retry up to 5 times', { retries: 5 }],
    ['do not retry', { retries: 0 }],
  ])('[ANALYSIS-6] reads the limit in: %s', (text, expected) => {
    const { maxResultCharacters: _always, ...limits } = readLimits([text], []).limits;
    expect(limits).toEqual(expected);
  });

  it('[ANALYSIS-6] takes no figure for a limit that is none', () => {
    for (const text of ['Report orders of the last 30 minutes', 'We ship 500 orders per day', 'Run every 5 minutes']) {
      expect(readLimits([], [text]).limits, text).toEqual({ maxResultCharacters: 100_000 });
    }
  });
});
