import type { TaskType } from '../../spec/index.ts';

/** How much a word speaks for a task type. */
export interface Signal {
  readonly taskType: TaskType;
  readonly weight: number;
}

const line = (taskType: TaskType, weight: number, words: string): { signal: Signal; words: string[] } => ({
  signal: { taskType, weight },
  words: words.split(' '),
});

/** Words that tell the task type, beside the tools that are found. */
export const signalWords: readonly { readonly signal: Signal; readonly words: readonly string[] }[] = [
  line(
    'ml_pipeline',
    3,
    'retrain predict prediction predicting predicts classifier finetune embeddings embedding inference forecast forecasting regression neural sentiment churn fraud fraudulent recommend llm overfitting hyperparameters classify classification classifies',
  ),
  line(
    'ml_pipeline',
    1.5,
    'train training model models learning ml accuracy features anomaly anomalies cluster clustering recommender recommendation likelihood probability',
  ),
  line(
    'workflow_automation',
    2.5,
    'workflow workflows orchestrate orchestration approval approve approves escalate escalation cron nightly onboarding trigger triggered triggers reminder reminders remind',
  ),
  line(
    'workflow_automation',
    1.2,
    'schedule scheduled automate automation automatically notify notification notifications steps step stage stages pipeline parallel dependency dependencies event handover checklist resume sequence checkout process whenever afterwards finally',
  ),
  line('workflow_automation', 0.6, 'first then once finally every each'),
  line(
    'api_integration',
    2,
    'api apis rest oauth sync webhook webhooks endpoint endpoints integrate integration graphql token tokens pkce payload http crm helpdesk',
  ),
  line(
    'api_integration',
    1,
    'connect connection service call fetch remote pull request requests response authenticate login pages paginated',
  ),
  line(
    'data_processing',
    0.6,
    'csv tsv json xml jsonl spreadsheet file files dataset data table column columns row rows record records database sqlite sql validate clean duplicates merge join group aggregate sum average median count search find folder text texts words sentences statistics profile report log logs protocol document documents letter letters note notes yaml config catalogue addresses register import export import list query entries readings',
  ),
  line(
    'custom',
    1.1,
    'hash checksum sha256 md5 sha1 digest fingerprint timezone date dates weekday iso utc image images pdf translate audio video dice game qr lamp lamps music convert calculate generate unit units compute random password',
  ),
];
