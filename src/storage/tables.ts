import { bigint, doublePrecision, integer, json, pgSchema, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Build, PlannedRequest, Release, Report, Traffic } from '../spec/index.ts';
import type { ServerOverview, ServerRecord } from './types.ts';

// What queries see; what makes the tables are the files in migrations/.
const schema = pgSchema('mcp_crafter');
const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });
const sequence = () => bigint('sequence', { mode: 'number' }).generatedAlwaysAsIdentity();

export const servers = schema.table('servers', {
  name: text('name').primaryKey(),
  record: json('record').$type<ServerRecord>().notNull(),
  overview: json('overview').$type<ServerOverview>(),
  createdAt: instant('created_at').notNull(),
});

export const builds = schema.table('builds', {
  id: text('id').primaryKey(),
  sequence: sequence(),
  server: text('server').notNull(),
  version: text('version').notNull(),
  status: text('status').$type<Build['status']>().notNull(),
  stage: text('stage').$type<Build['stage']>(),
  fraction: doublePrecision('fraction').notNull(),
  message: text('message').notNull(),
  createdAt: instant('created_at').notNull(),
  finishedAt: instant('finished_at'),
  error: json('error').$type<Build['error']>(),
  report: json('report').$type<Report>(),
});

export const plans = schema.table('plans', {
  id: text('id').primaryKey(),
  document: json('document').$type<PlannedRequest>().notNull(),
});

export const releases = schema.table('releases', {
  id: text('id').primaryKey(),
  sequence: sequence(),
  server: text('server').notNull(),
  version: text('version').notNull(),
  artifact: text('artifact').notNull(),
  target: text('target').notNull(),
  status: text('status').$type<Release['status']>().notNull(),
  reason: text('reason'),
  createdAt: instant('created_at').notNull(),
});

export const secrets = schema.table(
  'secrets',
  {
    server: text('server').notNull(),
    name: text('name').notNull(),
    sealed: text('sealed').notNull(),
  },
  (table) => [primaryKey({ columns: [table.server, table.name] })],
);

export const posts = schema.table('posts', {
  server: text('server').primaryKey(),
  service: text('service'),
  label: text('label'),
  asked: text('asked'),
  port: integer('port'),
  traffic: json('traffic').$type<Traffic>(),
});
