import { describe, expect, it } from 'vitest';
import { recipes } from '../library/index.ts';
import { complexities, request as requestSchema } from '../spec/index.ts';
import { createAnalyzer } from './index.ts';
import type { Analysis } from '../spec/index.ts';

const analyze = createAnalyzer(recipes);
const whole = (text: string): Analysis =>
  analyze(requestSchema.parse({ kind: 'prompt', digest: '0', intent: text, requirements: [text] }));

const texts = [
  'Read the CSV file with leads, check that every email address is valid and remove the duplicates.',
  'turn our xml product feed into json pls',
  'Merge two member lists that are both CSV and keep the newer record of each person',
  'What time is it in Tokyo when it is 9am in Berlin? A tool which converts times between time zones',
  'Send an email to every customer whose invoice is overdue.',
  'Convert NDJSON logs to CSV for Excel',
  'Pull the issues of our GitHub repositories and save them as JSON Lines',
  'Keep the product catalogue in Shopify and in our ERP in step. Conflicts should go to a person.',
  'prepare training data: load csv, drop rows with missing labels, scale, and split',
  'Train a model that predicts churn from the customer table',
  'fetch bookings from the hotel booking system and flatten the nested response into rows, export csv',
  'Which of our text files contain credit card numbers? search with a regex',
  "Translate my client's .srt subtitles from spanish to german, timing must stay",
  "At 22:00 every night the gym's heating must be turned down and the lights off",
  'import members_2024.csv in our club db, existing ones (same membership no.) get updated',
  'if a payment fails three times -> lock account, -> inform customer by mail, -> after 7 days close',
  "Insert the volunteers from the spreadsheet export (tab delimited) in our sqlite table 'helpers'",
  'embeddings for 20k recipe descriptions so that we find similar dishes',
  "Get the overdue loans out of library.sqlite and set their status to 'reminded'.",
  'valdiate emial adresses in the csv flie and exprot the good ones to josn',
  'OAuth is not needed: call the billing REST API with an API key',
  'Authenticate with OAuth 2.0, fetch the tickets from the helpdesk and sync them with Jira every hour',
  'Verify the signature of incoming webhooks and forward the event to our time-tracking service',
  'Run the approval workflow: check the request, wait for the manager, then book it',
  'Compute the SHA-256 checksum of every file in a folder and report which ones changed',
  'Überprüfe die E-Mail-Adressen der Kunden in der CSV-Datei und gib eine JSON-Datei aus',
  'Do not validate anything, only count the words of these letters – and the sentences',
  'So far this was done by hand. Group the sales by region and sum the totals, then export them as XML',
  'CSV → JSON, 1.5 GB at most; 12.03.2026 is a date of ours',
  'Use csv_processor and data_joiner on the two exports',
];

describe('the first look', () => {
  it.each(texts)(
    '[ANALYSIS-18] tells the task type as the full analysis does, and the effort within a tier: %s',
    (text) => {
      const { taskType, complexity } = analyze.assess(text);
      const full = whole(text);
      expect(taskType).toBe(full.taskType);
      expect(Math.abs(complexities.indexOf(complexity) - complexities.indexOf(full.complexity))).toBeLessThanOrEqual(1);
    },
  );

  it('[ANALYSIS-18] keeps nothing of what it looked at before', () => {
    const forward = texts.map((text) => analyze.assess(text));
    const backward = texts.toReversed().map((text) => analyze.assess(text));
    expect(backward.toReversed()).toEqual(forward);
    for (const at of [0, 9, 19, 29]) expect(forward[at]).toEqual(createAnalyzer(recipes).assess(texts[at] ?? ''));
    expect(analyze.assess('')).toMatchObject({ taskType: 'custom', complexity: 'simple' });
  });
});
