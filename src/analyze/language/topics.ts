/**
 * Groups of words that tell what kind of work a request is, beside its tools. At most 32, as a word's groups are bits
 * of one number. What a group weighs is fitted: src/analyze/weigh/type-weights.ts.
 */
const wordsOf = {
  model:
    'model classifier predict prediction predictive predictor forecast recommend recommendation recommender embedding embed vector neural regression machine ml llm sentiment churn anomaly anomalies cluster clustering ai',
  training:
    'train training retrain retraining finetun finetune finetuned finetuning fine label labelled labeled learn teach feature annotate annotation holdout hold',
  guessing:
    'guess likely likelihood probability probabilities chance cancel leave fail come estimate suspicious fraud fraudulent outlier itself itsel discover similar nearest auc f1 accuracy precision recall confusion score spam',
  sorting:
    'classify classification categorise categorize categorisation category categories topic recognise recognize recognition detect detection themselves classes groups',
  'prepares for a model': 'prompt completion onehot hot',
  clock:
    'every each day night morning evening week month monday tuesday wednesday thursday friday saturday sunday hour quarter nightly daily weekly monthly hourly cron schedule scheduler midnight clocktime',
  event: 'when whenever soon if nobody arrival trigger event once moment after',
  person:
    'approve approval approver sign escalate escalation says ok yes manager supervisor boss foreman officer controller release decision eyes confirm confirmation hand',
  notice:
    'notify notification remind reminder alert alarm warn warning inform sms whatsapp slack teams telegram ring email mail message',
  order:
    'step stage station order sequence first then afterwards finally before after parallel side one chain pipeline workflow orchestrate orchestration process checklist onboarding handover',
  failing: 'retry retries again fail failed resume restart carry repeat stopped state wait waiting blocked',
  remote: 'api apis rest endpoint graphql webservice http https url interface fetch call',
  access: 'oauth token pkce credentials refresh key login log authenticate authentication auth',
  hooks: 'webhook hook callback signed signature hmac payload',
  alike: 'sync syncs synchronise synchronize synced both ways directions direction mirror drift alike side date two',
  files:
    'csv tsv json jsonl xml sqlite sqlite3 file folder list sheet spreadsheet excel xlsx pdf document database db table dump export log',
  rows: 'row column record field entry entries line duplicate duplicates dedupe twice missing empty total sum average mean median per count join merge group clean check validate valid search find word sentence statistics',
  calculation:
    'convert calculate calculation calculator hash checksum sha sha256 sha1 sha512 md5 fingerprint weekday timezone utc days date datevalue epoch unit currency random password bmi percent',
  media:
    'image photo picture audio video podcast music song logo qr barcode resize crop transcribe transcript translate translation translator subtitle poem write generate draw poster px',
  things:
    'lamp light door pump valve sensor thermometer modbus heating printer robot drone game dice chess card quiz route map gps encrypt encryption zip switch',
  scans: 'scan scanned ocr pdf pdfs jpg photograph handwriting handwritten',
  web: 'website websites webpage page browser scrape scraper scraping crawl crawler portal',
} as const;

/** Names of the groups; the place of each is its bit. */
export const topics: readonly string[] = Object.keys(wordsOf);

/** Groups of each word, as bits. */
export const topicWords: readonly (readonly [word: string, bit: number])[] = Object.values(wordsOf).flatMap(
  (words, place) => words.split(' ').map((word) => [word, 1 << place] as const),
);
