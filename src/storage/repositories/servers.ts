import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Database } from '../database.ts';
import { overviewOf } from '../overview.ts';
import { posts, releases, servers } from '../tables.ts';
import type { ServerOverview, ServerRecord, Storage } from '../types.ts';

export const serversOf = ({ run }: Database): Storage['servers'] => ({
  get: (name) =>
    run(async (db) => {
      const [row] = await db.select({ record: servers.record }).from(servers).where(eq(servers.name, name));
      return row?.record;
    }),

  list: () =>
    run(async (db) => {
      const record = sql<ServerRecord | null>`CASE WHEN ${servers.overview} IS NULL THEN ${servers.record} END`;
      const rows = await db.select({ overview: servers.overview, record }).from(servers).orderBy(asc(servers.name));
      return Promise.all(rows.map(async (row) => row.overview ?? overviewed(db, row.record as ServerRecord)));
    }),

  async put(record) {
    const changed = columnsOf(record);
    const row = { name: record.name, ...changed, createdAt: new Date(record.createdAt) };
    await run((db) => db.insert(servers).values(row).onConflictDoUpdate({ target: servers.name, set: changed }));
  },

  change: (name, to) =>
    run((db) =>
      db.transaction(async (tx) => {
        const wanted = eq(servers.name, name);
        const [row] = await tx.select({ record: servers.record }).from(servers).where(wanted).for('update');
        const next = row && to(row.record);
        if (next !== undefined) await tx.update(servers).set(columnsOf(next)).where(wanted);
      }),
    ),

  delete: (name) =>
    run((db) =>
      db.transaction(async (tx) => {
        await tx.delete(releases).where(eq(releases.server, name));
        await tx.delete(posts).where(eq(posts.server, name));
        const gone = await tx.delete(servers).where(eq(servers.name, name)).returning({ name: servers.name });
        return gone.length > 0;
      }),
    ),
});

const columnsOf = (record: ServerRecord) => ({ record, overview: overviewOf(record) });

/** Of a record from before there were overviews; from now on it has one. */
async function overviewed(db: NodePgDatabase, record: ServerRecord): Promise<ServerOverview> {
  const overview = overviewOf(record);
  await db
    .update(servers)
    .set({ overview })
    .where(and(eq(servers.name, record.name), isNull(servers.overview)));
  return overview;
}
