import type { RecipeTool } from '../../../spec/index.ts';
import { addsFiles, answer, choice, column, count, dataset, list, object, row, text } from '../../schema.ts';

const checks = [
  'required',
  'email',
  'phone',
  'url',
  'date',
  'number',
  'integer',
  'range',
  'length',
  'pattern',
  'one_of',
  'unique',
];
const bound = (description: string) => ({ type: 'number', description, minimum: -1e15, maximum: 1e15 });

const rule = object(
  {
    column: column('Column that the rule is for.'),
    check: choice(
      'What must hold. Missing values break only required; phone wants a number that exists, in any notation.',
      checks,
    ),
    minimum: bound('Smallest number for range, or fewest characters for length.'),
    maximum: bound('Largest number for range, or most characters for length.'),
    pattern: text('Regular expression for pattern, in the syntax of JavaScript.', 500, { minLength: 1 }),
    values: list('Allowed values for one_of; case does not count.', text('Allowed value.', 200), 500),
  },
  ['column', 'check'],
);

const shownError = answer({
  row: count('Data row, counted from 1.'),
  column: { type: 'string', description: 'Column.' },
  value: { type: 'string', description: 'Value, cut at 200 characters.' },
  reason: { type: 'string', description: 'What is wrong with it.' },
});

export const dataValidator: RecipeTool = {
  name: 'data_validator',
  title: 'Validate data',
  description:
    'Checks each row of a dataset against rules: required, email, phone, url, date, number, range, length, pattern, one_of, unique. Without rules it infers them from column names and values. Returns counts and the first errors, and writes a full report of row, column, value and reason, a dataset of valid rows and one of rejected rows. Does not correct anything, and sends nothing to the addresses it checks.',
  vocabulary: {
    phrases: [
      'validate data',
      'validate email',
      'validate phone',
      'validate address',
      'check email addresses',
      'verify phone numbers',
      'data validation',
      'validation report',
      'error report',
      'check for errors',
      'find invalid',
      'invalid rows',
      'bad rows',
      'required fields',
      'mandatory fields',
      'check format',
      'data quality check',
      'reject invalid records',
      'business rules',
      'sanity check',
      'out of range',
      'schema validation',
      'flag wrong entries',
      'make sure values are valid', 'valid email', 'valid phone', 'valid mail', 'valid url', 'invalid entries', 'wrong entries', 'list of errors', 'plausible', 'plausibility check', 'invalid emails', 'invalid phone numbers', 'broken emails', 'faulty rows', 'incorrect rows', 'wrong phone numbers', 'list errors', 'report errors', 'report problems', 'quality check', 'missing required', 'mandatory', 'which rows are wrong', 'error list', 'row is invalid', 'malformed', 'make sure every', 'make sure each', 'ensure every', 'ensure each', 'verify every', 'verify each', 'check every', 'check each', 'match pattern', 'matches pattern', 'reference range', 'outside range', 'outside the reference', 'outside the range', 'out of bounds', 'offending rows', 'offending records', 'implausible values', 'values are missing or', 'missing or outside', 'are right', 'are correct', 'plausible values', 'correct format', 'valid format', 'valid value', 'valid number', 'valid date of birth', 'wrong values', 'validate', 'validation', 'incomplete records', 'incomplete rows', 'rows are incomplete', 'rule violations', 'violations', 'violate', 'conform to', 'comply with', 'conforms', 'business rule', 'permitted values', 'unique and', 'uniqueness', 'must be unique', 'format errors', 'suspicious values', 'problem rows', 'problems with row', 'formed correctly', 'below zero', 'greater than zero', 'impossible birth', 'must be positive', 'is malformed', 'is missing or', 'blank fields', 'blank names', 'reject rows', 'reject readings', 'rejected rows', 'error file', 'list of wrong', 'wrong ones', 'find wrong', 'find malformed', 'find incorrect', 'find faulty', 'find bad', 'find broken', 'find impossible', 'find implausible', 'find suspicious', 'find incomplete', 'find illegal', 'list invalid', 'list wrong', 'list malformed', 'list incorrect', 'list faulty', 'list bad', 'list broken', 'list impossible', 'list implausible', 'list suspicious', 'list incomplete', 'list illegal', 'show invalid', 'show wrong', 'show malformed', 'show incorrect', 'show faulty', 'show bad', 'show broken', 'show impossible', 'show implausible', 'show suspicious', 'show incomplete', 'show illegal', 'report invalid', 'report wrong', 'report malformed', 'report incorrect', 'report faulty', 'report bad', 'report broken', 'report impossible', 'report implausible', 'report suspicious', 'report incomplete', 'report illegal', 'tell invalid', 'tell wrong', 'tell malformed', 'tell incorrect', 'tell faulty', 'tell bad', 'tell broken', 'tell impossible', 'tell implausible', 'tell suspicious', 'tell incomplete', 'tell illegal', 'identify invalid', 'identify wrong', 'identify malformed', 'identify incorrect', 'identify faulty', 'identify bad', 'identify broken', 'identify impossible', 'identify implausible', 'identify suspicious', 'identify incomplete', 'identify illegal', 'see invalid', 'see wrong', 'see malformed', 'see incorrect', 'see faulty', 'see bad', 'see broken', 'see impossible', 'see implausible', 'see suspicious', 'see incomplete', 'see illegal', 'identify errors', 'identify problems', 'find mistakes', 'find errors in', 'find problems', 'lack', 'unknown articles', 'plausibilities', 'are valid', 'is valid', 'is correct', 'is wrong', 'are wrong', 'contains invalid', 'postal code five', 'sanity', 'comply', 'meets the rules', 'meet the rules', 'follow the rules', 'match our rules', 'against our rules', 'against rules', 'rule set', 'errors with row', 'errors per row', 'error details', 'wrong zip', 'wrong email', 'wrong address', 'wrong addresses', 'wrong phone', 'wrong number', 'wrong postal', 'must be digits', 'be 8 digits', 'prices positive', 'be positive', 'faulty lines', 'list violations', 'list of violations', 'fehlerliste', 'fehlerhafte', 'correct length', 'check digit', 'checks mandatory', 'positive and', 'adresses fausses', 'outside of range', 'lies outside', 'outside of', 'lies in the future', 'addresses without', 'beyond', 'warn if', 'warn in the output', 'no patient number', 'is implausible', 'values outside',],
    verbs: [
      'validate',
      'check',
      'verify',
            'reject',
      'flag',
      'ensure',
      'enforce',
      'detect',
      'control',
            'confirm',
      'audit', 'spot', 'catch', 'highlight', 'mark', 'make sure', 'inspect', 'examine', 'assert', 'guarantee', 'refuse',],
    objects: [
      'email',
      'email address',
      'phone number',
      'telephone number',
      'url',
      'date',
      'required field',
      'field format',
      'row',
      'record',
      'value',
      'invoice data',
      'patient record',
      'lead',
      'sensor reading',
      'range',
      'constraint',
      'rule',
      'entry',
      'invalid data',
      'data quality',
      'iban',
      'postal code', 'emails', 'phone', 'phones', 'dates', 'birthdays', 'birth date', 'vat number', 'web address', 'ages', 'range', 'ranges', 'postal codes', 'zip code', 'zip codes', 'required fields', 'mandatory fields', 'columns', 'rows', 'format of', 'rows with errors', 'errors', 'invalid', 'amounts', 'identifiers', 'contact data', 'addresses', 'entries', 'prices', 'quantities', 'links', 'ids', 'key', 'csv', 'plate', 'impossible', 'malformed', 'blank', 'broken', 'incorrect', 'bogus', 'implausible', 'suspicious', 'faulty', 'incomplete', 'illegal', 'mistakes', 'problems', 'inconsistencies', 'below zero', 'bad', 'mandatory', 'negative values', 'format', 'plausible', 'postcode', 'birthday', 'digits', 'length', 'required', 'valid', 'positive', 'negative', 'empty', 'pattern', 'rules', 'formats', 'correct', 'unique', 'plausibility', 'isbn', 'ean', 'gtin', 'bic', 'tax number', 'licence plate', 'insurance number', 'identifier', 'completeness', 'date of birth', 'currency code', 'country code', 'coordinates', 'percentages',],
    not: ['webhook', 'signature', 'token', 'login', 'ssl certificate', 'checksum', 'spelling'],
  },
  input: object(
    {
      dataset: dataset('Name of the dataset to check, as an earlier tool returned it.'),
      rules: list('Rules; inferred from the data when left out.', rule, 200, { minItems: 1 }),
      defaultCountry: text(
        'Country for phone numbers without a country code, two letters such as US; a country column of the row comes first.',
        2,
        {
          pattern: '^[A-Za-z]{2}$',
        },
      ),
      dateOrder: choice(
        'How to read dates such as 03/04/2024; with auto these are errors.',
        ['auto', 'day_first', 'month_first'],
        'auto',
      ),
    },
    ['dataset'],
  ),
  output: answer({
    dataset: { type: 'string', description: 'The dataset checked.' },
    rows: count('Rows checked.'),
    validRows: count('Rows without an error.'),
    rejectedRows: count('Rows with one or more errors.'),
    errorCount: count('Errors in all rows.'),
    errorsByRule: list(
      'Errors of each rule that was broken.',
      answer({ column: { type: 'string' }, check: { type: 'string' }, count: count('Errors.') }),
      200,
    ),
    errors: list('The first errors; all are in the report.', shownError, 20),
    rulesInferred: { type: 'boolean', description: 'Whether the rules were inferred.' },
    rules: list('The rules that were used, the first 100.', { type: 'object' }, 100),
    validDataset: { type: 'string', description: 'Dataset of the valid rows.' },
    rejectedDataset: { type: 'string', description: 'Dataset of the rejected rows, with the reasons in _errors.' },
    report: { type: 'string', description: 'JSON file with every error.' },
    preview: list('The first valid rows.', row, 5),
  }),
  annotations: addsFiles,
  examples: [
    {
      files: {
        'datasets/leads.jsonl':
          '{"email":"ana@example.com","phone":"+1 202 555 0143"}\n{"email":"bo@example","phone":"12"}\n{"email":"eve@example.com","phone":null}\n',
      },
      arguments: { dataset: 'leads' },
      expect: {
        equals: {
          dataset: 'leads',
          rows: 3,
          validRows: 2,
          rejectedRows: 1,
          errorCount: 2,
          errorsByRule: [
            { column: 'email', check: 'email', count: 1 },
            { column: 'phone', check: 'phone', count: 1 },
          ],
          errors: [
            {
              row: 2,
              column: 'email',
              value: 'bo@example',
              reason: 'is not an e-mail address: the domain has no ending',
            },
            { row: 2, column: 'phone', value: '12', reason: 'has no country code and no default country is known' },
          ],
          rulesInferred: true,
          rules: [
            { column: 'email', check: 'required' },
            { column: 'email', check: 'email' },
            { column: 'phone', check: 'phone' },
          ],
          validDataset: 'leads_valid',
          rejectedDataset: 'leads_rejected',
          report: 'reports/leads-validation.json',
          preview: [
            { email: 'ana@example.com', phone: '+1 202 555 0143' },
            { email: 'eve@example.com', phone: null },
          ],
        },
      },
    },
    {
      files: { 'datasets/readings.jsonl': '{"celsius":"21.5"}\n{"celsius":"900"}\n' },
      arguments: { dataset: 'readings', rules: [{ column: 'celsius', check: 'range', minimum: -60, maximum: 60 }] },
      expect: { contains: 'is more than 60' },
    },
    {
      files: { 'datasets/readings.jsonl': '{"celsius":"21.5"}\n' },
      arguments: { dataset: 'readings', rules: [{ column: 'kelvin', check: 'number' }] },
      expect: { isError: true },
    },
  ],
  handler: { module: 'data-validator.ts', export: 'validateData' },
  uses: ['folders'],
};
