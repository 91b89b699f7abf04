import { and, desc, eq, getTableColumns, inArray, lt, ne, notInArray, sql, type SQL } from 'drizzle-orm';
import { CrafterError } from '../../errors.ts';
import type { Build } from '../../spec/index.ts';
import type { Database } from '../database.ts';
import { builds, servers } from '../tables.ts';
import type { Storage } from '../types.ts';

const unfinished = inArray(builds.status, ['queued', 'running']);
const { sequence, ...shown } = getTableColumns(builds);

export const buildsOf = ({ run }: Database): Storage['builds'] => ({
  create: (build, exclusive) =>
    run((db) =>
      db.transaction(async (tx) => {
        // Those who want one name take turns; the lock ends with the transaction.
        await tx.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${`mcp-crafter name ${build.server}`}, 0))`);
        if (exclusive) {
          const taken = await tx.select({ name: servers.name }).from(servers).where(eq(servers.name, build.server));
          if (taken.length > 0) throw nameTaken(build.server, 'a server has it');
          const open = await tx
            .select({ id: builds.id })
            .from(builds)
            .where(and(eq(builds.server, build.server), ne(builds.id, build.id), unfinished));
          if (open[0]) throw nameTaken(build.server, `${open[0].id} is making it`);
        }
        await tx
          .insert(builds)
          .values({ ...toRow(build), ...identity(build) })
          .onConflictDoNothing();
      }),
    ),

  get: (id) =>
    run(async (db) => {
      const [row] = await db.select(shown).from(builds).where(eq(builds.id, id));
      return row && toBuild(row);
    }),

  list: (filter = {}) =>
    run(async (db) => {
      const wanted: (SQL | undefined)[] = [];
      if (filter.server !== undefined) wanted.push(eq(builds.server, filter.server));
      if (filter.unfinished === true) wanted.push(unfinished);
      const query = db
        .select(shown)
        .from(builds)
        .where(and(...wanted))
        .orderBy(desc(sequence))
        .$dynamic();
      const rows = await (filter.limit === undefined ? query : query.limit(filter.limit));
      return rows.map(toBuild);
    }),

  async update(id, change) {
    const set = toRow(change);
    if (Object.keys(set).length > 0) await run((db) => db.update(builds).set(set).where(and(eq(builds.id, id), unfinished)));
  },

  async deleteAll(server) {
    await run((db) => db.delete(builds).where(eq(builds.server, server)));
  },

  async deleteLost(before) {
    const ended = lt(builds.finishedAt, new Date(before));
    await run((db) =>
      db.delete(builds).where(and(ended, notInArray(builds.server, db.select({ name: servers.name }).from(servers)))),
    );
  },
});

type Row = Omit<typeof builds.$inferSelect, 'sequence'>;

const identity = ({ id, server, version, status, fraction, message, createdAt }: Build) => ({
  id,
  server,
  version,
  status,
  fraction,
  message,
  createdAt: new Date(createdAt),
});

/** The columns of what is given; a field that is there but undefined becomes empty. */
function toRow(change: Partial<Build>): Partial<typeof builds.$inferInsert> {
  const row: Record<string, unknown> = {};
  for (const field of Object.keys(shown) as (keyof Row)[]) {
    if (!(field in change) || field === 'id') continue;
    const value = change[field] ?? null;
    row[field] =
      (field === 'createdAt' || field === 'finishedAt') && value !== null ? new Date(value as string) : value;
  }
  return row;
}

function toBuild({ createdAt, finishedAt, stage, error, report, ...rest }: Row): Build {
  return {
    ...rest,
    createdAt: createdAt.toISOString(),
    ...(stage && { stage }),
    ...(finishedAt && { finishedAt: finishedAt.toISOString() }),
    ...(error && { error }),
    ...(report && { report }),
  };
}

function nameTaken(name: string, why: string): CrafterError {
  return new CrafterError('NAME_TAKEN', `The name ${name} is taken: ${why}.`, {
    hint: `Choose another name, change the server with \`mcp-crafter update ${name}\`, or remove it with \`mcp-crafter delete ${name}\`.`,
  });
}
