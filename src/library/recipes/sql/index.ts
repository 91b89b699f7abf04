import { defineRecipe } from '../../../spec/index.ts';
import {
  answer,
  count,
  dataset,
  datasetAnswer,
  flag,
  integer,
  list,
  newDataset,
  object,
  path,
  readOnly,
  text,
} from '../../schema.ts';

const scalar = { type: ['string', 'number', 'boolean', 'null'], maxLength: 1_000_000 };
const parameters = {
  type: ['array', 'object'],
  description: 'Values for `?` in order, or for `:name` by name; never put values into the SQL text.',
  items: scalar,
  additionalProperties: scalar,
  maxItems: 1000,
  maxProperties: 1000,
};
const seconds = (standard: number) =>
  integer('Longest time the work may take, in seconds.', 1, 300, { default: standard });

export const sql = defineRecipe({
  name: 'sql',
  title: 'SQL on SQLite',
  summary: 'Queries and changes SQLite databases, and queries datasets by SQL; reading and writing are separate tools.',
  taskTypes: ['data_processing', 'custom', 'workflow_automation'],
  capability: 'sql',
  modules: { typescript: ['sql-query.ts', 'sql-write.ts', 'sql-input.ts', 'sql-process.ts', 'sql-child.ts'] },
  dependencies: [],
  tools: [
    {
      name: 'sql_query',
      title: 'SQL query',
      description:
        'Runs one SELECT statement on a SQLite file, on datasets as tables, or on both together; without `sql` it lists tables and columns. ' +
        'Returns column names and rows up to a limit, and whether there were more. ' +
        'Only reads: it cannot change data, and does not reach MySQL, PostgreSQL or other database servers.',
      vocabulary: {
        phrases: [
          'sql query',
          'query the database',
          'query a database',
          'run sql',
          'run select',
                              'read from the database',
          'read only database',
          'read-only sql',
          'database lookup',
          'ask the database',
          'look up in the database',
          'select from',
                                        'explore a database',
          'inspect the database',
          'query datasets with sql',
          'database without changing it',
          'report from the database',
                    'query tables',
          'read only access to the database',
          'select statements', 'from sqlite', 'in the sqlite', 'select query', 'read only queries', 'in the database', 'from the database', 'ask questions of the database', 'which tables exist', 'tables exist',],
        verbs: ['query', 'select', 'read', 'look up', 'inspect', 'explore', 'run', 'fetch', 'ask', 'report from', 'count', 'search', 'find', 'show', 'list', 'get', 'give', 'tell', 'calculate', 'aggregate', 'answer', 'check', 'retrieve', 'extract', 'pull',],
        objects: [
          'sql',
          'sqlite',
          'database',
          'db',
          'table',
          'tables',
          'schema',
          'rows',
                              'sql file',],
        not: [
          'mysql',
          'postgres',
          'postgresql',
          'mongodb',
          'oracle',
          'sql server',
          'bigquery',
          'snowflake',
          'redis',
          'no database',
          'nosql',
          'timetable',
          'spreadsheet',
        ],
      },
      input: object({
        database: path('SQLite file in the workspace or a granted folder.'),
        datasets: list('Datasets to query as tables of the same names.', dataset('Dataset name.'), 20),
        sql: text('One SELECT (or WITH … SELECT) statement; absent: list tables and columns.', 20_000, {
          minLength: 1,
        }),
        parameters,
        limit: integer('Most rows to return.', 1, 1000, { default: 100 }),
        max_seconds: seconds(10),
      }),
      output: answer({
        columns: { type: 'array', items: { type: 'string' }, description: 'Column names.' },
        rows: {
          type: 'array',
          items: { type: 'array', items: {} },
          description: 'Rows, values in the order of the columns; binary values as their size.',
        },
        count: count('Rows returned.'),
        truncated: { type: 'boolean', description: 'True when there were more rows than `limit`.' },
      }),
      annotations: readOnly,
      examples: [
        {
          files: {
            'datasets/orders.jsonl':
              '{"customer":"Ada","total":30}\n{"customer":"Ada","total":12}\n{"customer":"Grace","total":7}\n',
          },
          arguments: {
            datasets: ['orders'],
            sql: 'SELECT customer, sum(total) AS total FROM orders WHERE total > ? GROUP BY customer ORDER BY customer',
            parameters: [5],
          },
          expect: {
            equals: {
              columns: ['customer', 'total'],
              rows: [
                ['Ada', 42],
                ['Grace', 7],
              ],
              count: 2,
              truncated: false,
            },
          },
        },
        {
          files: { 'empty.sqlite': '' },
          arguments: { database: 'empty.sqlite', sql: 'DELETE FROM sqlite_schema' },
          expect: { isError: true },
        },
        {
          files: { 'empty.sqlite': '' },
          arguments: { database: 'empty.sqlite', sql: "ATTACH 'other.sqlite' AS other" },
          expect: { isError: true },
        },
      ],
      handler: { module: 'sql-query.ts', export: 'queryDatabase' },
      uses: ['folders'],
    },
    {
      name: 'sql_writer',
      title: 'SQL writer',
      description:
        'Changes a SQLite database: runs statements with bound parameters in one transaction, all or none; can first load a dataset into a table and afterwards save a SELECT as a dataset. ' +
        'Returns the number of rows changed by each statement, and the dataset that was made. ' +
        'Does not undo a change once it is made, and does not reach other database servers.',
      vocabulary: {
        phrases: [
          'write to the database',
          'insert into database',
                              'update the database',
                    'create table',
          'create a table',
          'store in sqlite',
          'save to sqlite',
          'store in a database',
          'save to database',
          'save records in a database',
          'persist to sqlite',
          'load into a database',
          'import into sqlite',
          'import into the database',
          'upsert',
          'sql insert',
          'sql update',
          'modify the database',
                    'append to a table',
          'keep results in a database',
          'record in the database',
          'database transaction',
          'load csv into sqlite', 'into sqlite', 'into the database', 'to the database', 'in a database table', 'store in the database', 'write to sqlite', 'insert new', 'save into the database', 'update records in the database', 'delete from the database', 'add to the database', 'add a row', 'update location', 'mark as', 'change the status', 'update the status', 'update price in', 'add rows', 'adding a', 'maintain the', 'maintain register', 'changes to the database', 'must be possible', 'get updated', 'set the phone', 'set the status', 'set the price', 'existing get updated', 'written to the database', 'written into the database', 'put into db', 'in our db',],
        verbs: [
          'insert',
          'update',
          'write',
          'store',
          'save',
          'persist',
          'delete from',
          'create',
          'load',
          'import',
          'upsert',
          'alter',
          'record', 'delete', 'remove', 'modify', 'change', 'add', 'put', 'append', 'log', 'keep', 'archive', 'enter', 'register',],
        objects: ['sqlite', 'database', 'db', 'table', 'sql table', 'database rows', 'database table', 'transaction'],
        not: [
          'read only',
          'read-only',
          'without changing the database',
          'mysql',
          'postgres',
          'postgresql',
          'mongodb',
          'oracle',
          'sql server',
          'bigquery',
          'snowflake',
          'no database',
        ],
      },
      input: object(
        {
          database: path('SQLite file in the workspace or a folder granted for writing.'),
          create: flag('Make the file when it does not exist.', false),
          statements: list(
            'Statements, run in order in one transaction.',
            object({ sql: text('One statement.', 20_000, { minLength: 1 }), parameters }, ['sql']),
            1000,
          ),
          rows_from: {
            ...object(
              {
                dataset: dataset(),
                table: text('Table to put its rows into; made when it does not exist.', 100, { minLength: 1 }),
              },
              ['dataset', 'table'],
            ),
            description: 'A dataset to load before the statements.',
          },
          save_result: {
            ...object(
              {
                sql: text('One SELECT statement.', 20_000, { minLength: 1 }),
                dataset: newDataset('Name of the dataset to make.'),
                parameters,
              },
              ['sql', 'dataset'],
            ),
            description: 'A result to save as a dataset after the statements.',
          },
          max_seconds: seconds(30),
        },
        ['database'],
      ),
      output: answer(
        {
          database: { type: 'string', description: 'The database file.' },
          rows_loaded: count('Rows put in from the dataset.'),
          rows_changed: count('Rows changed by all statements.'),
          changes: { type: 'array', items: count('Rows.'), description: 'Rows changed by each statement.' },
          ...datasetAnswer,
        },
        Object.keys(datasetAnswer),
      ),
      annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: false },
      examples: [
        {
          files: { 'datasets/stock.jsonl': '{"item":"bolt","pieces":5}\n{"item":"nut","pieces":0}\n' },
          arguments: {
            database: 'shop.sqlite',
            create: true,
            rows_from: { dataset: 'stock', table: 'stock' },
            statements: [
              {
                sql: 'UPDATE stock SET pieces = pieces + :more WHERE item = :item',
                parameters: { more: 10, item: 'nut' },
              },
            ],
            save_result: { sql: 'SELECT item, pieces FROM stock ORDER BY item', dataset: 'stock_now' },
          },
          expect: { contains: '{"item":"nut","pieces":10}' },
        },
        {
          arguments: { database: 'missing.sqlite', statements: [{ sql: 'DELETE FROM t' }] },
          expect: { isError: true },
        },
      ],
      handler: { module: 'sql-write.ts', export: 'writeDatabase' },
      uses: ['folders'],
    },
  ],
});
