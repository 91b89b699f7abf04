import { describe, expect, it } from 'vitest';
import { subjectNouns } from './subject-nouns.ts';

describe('names', () => {
  it.each([
    ['Validate the customer emails in a CSV and export the good ones to JSON', 'customer-emails'],
    ['Check the e-mails of our customers and list the bad ones', 'customer-emails'],
    ['Process CSV files with customer data. Validate email addresses and phone numbers', 'customer-data'],
    ['Describe the tree register of the parks office', 'tree-register'],
    ['Remove duplicate leads from leads.csv', 'lead-data'],
    ['insert new sensor readings into sqlite', 'sensor-readings'],
    ['Read order_items.csv and give me totals', 'order-items'],
  ])('[ANALYSIS-12] takes a name from what the request is about: %s', (text, name) => {
    expect(subjectNouns(text)).toBe(name);
  });

  it('[ANALYSIS-12] takes none where only formats and actions are named', () => {
    expect(subjectNouns('Convert CSV to JSON')).toBeUndefined();
    expect(subjectNouns('read csv files and write json')).toBeUndefined();
  });
});
