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
    const changed = { record, overview: overviewOf(record) };
    const row = { name: record.name, ...changed, createdAt: new Date(record.createdAt) };
    await run((db) => db.insert(servers).values(row).onConflictDoUpdate({ target: servers.name, set: changed }));
  },

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

/** Of a record from before there were overviews; from now on it has one. */
async function overviewed(db: NodePgDatabase, record: ServerRecord): Promise<ServerOverview> {
  const overview = overviewOf(record);
  await db
    .update(servers)
    .set({ overview })
    .where(and(eq(servers.name, record.name), isNull(servers.overview)));
  return overview;
}
