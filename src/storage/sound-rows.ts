import { z } from 'zod';
import { blueprint, build, environmentVariable, plannedRequest, release, report, serverName } from '../spec/index.ts';
import { refused } from './archive/untar.ts';
import type { DumpedRow } from './dump.ts';
import { overviewOf } from './overview.ts';
import type { ServerRecord } from './types.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'is no SHA-256');
const instant = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is no time');
const isInside = (path: string): boolean =>
  !path.includes('\0') && path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');

const record = z
  .strictObject({
    name: serverName,
    version: blueprint.shape.version,
    desired: z.enum(['running', 'stopped']),
    blueprint,
    report: report.optional(),
    artifact: digest.optional(),
    out: z.string().startsWith('/').max(4096).optional(),
    generated: z.record(z.string().refine(isInside, 'is no path in a project'), digest),
    port: z.int().min(1).max(65_535).optional(),
    createdAt: instant,
    updatedAt: instant,
  })
  .refine(({ name, blueprint: { name: own } }) => name === own, 'is of another server than its Blueprint');

/** Rows as they were written, by their columns in any version of the tables. */
const schemas = {
  servers: z
    .strictObject({ name: serverName, record, overview: z.unknown().optional(), created_at: instant })
    .refine(({ name, record: { name: own } }) => name === own, 'is of another server than its record'),
  builds: z.strictObject({
    id: z.string().regex(/^build-[0-9a-f]{12}$/, 'is no id of a build'),
    sequence: z.int().positive(),
    server: serverName,
    version: build.shape.version,
    status: build.shape.status,
    stage: build.shape.stage.nullable(),
    fraction: build.shape.fraction,
    message: build.shape.message,
    created_at: instant,
    finished_at: instant.nullable(),
    error: build.shape.error.nullable(),
    report: report.nullable(),
    input: z.unknown().optional(),
  }),
  plans: z
    .strictObject({ id: z.string(), document: plannedRequest, created_at: instant })
    .refine(({ id, document: { plan } }) => id === plan.id, 'is another plan than its document'),
  releases: release.omit({ createdAt: true }).extend({
    sequence: z.int().positive(),
    server: serverName,
    artifact: digest,
    reason: z.string().nullable(),
    created_at: instant,
  }),
  secrets: z.strictObject({
    server: z.string().regex(/^(?:(?:token|build|plan):)?[\w.-]{1,200}$/, 'owns no secrets'),
    name: environmentVariable.shape.name,
    sealed: z.string().regex(/^v1\.[0-9a-f]{8}(?:\.[\w-]*){3}$/, 'is no sealed value'),
  }),
} as const satisfies Record<DumpedRow['table'], z.ZodType>;

export interface SoundRow extends DumpedRow {
  /** Of a row of `servers`. */
  readonly server?: ServerRecord;
}

/**
 * The same rows when they are what mcp-crafter writes. They are data from outside: a name becomes a path, a Blueprint what a
 * server may reach. What is given on is what was looked at, and a listing is made of the record anew.
 * @throws CrafterError INVALID_INPUT that names table, row and field.
 */
export async function* soundRows(rows: AsyncIterable<DumpedRow>): AsyncGenerator<SoundRow> {
  const counts = new Map<string, number>();
  for await (const { table, row } of rows) {
    const number = (counts.get(table) ?? 0) + 1;
    counts.set(table, number);
    yield soundRow(table, row, `row ${number} of ${table}`);
  }
}

function soundRow(table: DumpedRow['table'], row: string, place: string): SoundRow {
  try {
    const value = JSON.parse(row) as object;
    const { error } = schemas[table].safeParse(value);
    const issue = error?.issues[0];
    if (issue !== undefined) throw refused(`${place}: ${[...issue.path, issue.message].join(': ')}`);
    if (table !== 'servers') return { table, row: JSON.stringify(value) };
    const { record: server } = value as { record: ServerRecord };
    return { table, row: JSON.stringify({ ...value, overview: overviewOf(server) }), server };
  } catch (error) {
    if (error instanceof SyntaxError) throw refused(`${place} is no JSON`);
    if (error instanceof RangeError) throw refused(`${place} is nested too deep`);
    throw error;
  }
}
