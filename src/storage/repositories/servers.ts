import { asc, eq } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { releases, servers } from '../tables.ts';
import type { Storage } from '../types.ts';

export const serversOf = ({ run }: Database): Storage['servers'] => ({
  get: (name) => run(async (db) => (await db.select().from(servers).where(eq(servers.name, name)))[0]?.record),

  list: () => run(async (db) => (await db.select().from(servers).orderBy(asc(servers.name))).map((row) => row.record)),

  async put(record) {
    const row = { name: record.name, record, createdAt: new Date(record.createdAt) };
    await run((db) => db.insert(servers).values(row).onConflictDoUpdate({ target: servers.name, set: { record } }));
  },

  delete: (name) =>
    run((db) =>
      db.transaction(async (tx) => {
        await tx.delete(releases).where(eq(releases.server, name));
        const gone = await tx.delete(servers).where(eq(servers.name, name)).returning({ name: servers.name });
        return gone.length > 0;
      }),
    ),
});
