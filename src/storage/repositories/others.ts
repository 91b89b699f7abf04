import { and, asc, desc, eq, getTableColumns, sql } from 'drizzle-orm';
import type { Release } from '../../spec/index.ts';
import type { Database } from '../database.ts';
import { plans, releases, secrets, servers } from '../tables.ts';
import type { Storage } from '../types.ts';

export const plansOf = ({ run }: Database): Storage['plans'] => ({
  async put(document) {
    const row = { id: document.plan.id, document };
    await run((db) => db.insert(plans).values(row).onConflictDoUpdate({ target: plans.id, set: { document } }));
  },
  get: (id) => run(async (db) => (await db.select().from(plans).where(eq(plans.id, id)))[0]?.document),
  deleteAll: (server) =>
    run(async (db) => {
      const planned = sql`SELECT planned->'blueprint'->>'name' FROM json_array_elements(${plans.document}->'plan'->'servers') planned`;
      const standing = sql`SELECT 1 FROM ${servers} WHERE ${servers.name} IN (${planned}) AND ${servers.name} <> ${server}`;
      const gone = await db
        .delete(plans)
        .where(sql`${server} IN (${planned}) AND NOT EXISTS (${standing})`)
        .returning({ id: plans.id });
      return gone.map(({ id }) => id);
    }),
});

const { sequence, ...shown } = getTableColumns(releases);

export const releasesOf = ({ run }: Database): Storage['releases'] => ({
  async put({ createdAt, reason, ...rest }) {
    const row = { ...rest, reason: reason ?? null, createdAt: new Date(createdAt) };
    await run((db) => db.insert(releases).values(row).onConflictDoUpdate({ target: releases.id, set: row }));
  },
  list: (server) =>
    run(async (db) => {
      const rows = await db.select(shown).from(releases).where(eq(releases.server, server)).orderBy(desc(sequence));
      return rows.map(toRelease);
    }),
  active: (server) =>
    run(async (db) => {
      const wanted = and(eq(releases.server, server), eq(releases.status, 'active'));
      const [row] = await db.select(shown).from(releases).where(wanted).orderBy(desc(sequence)).limit(1);
      return row && toRelease(row);
    }),
});

function toRelease({ reason, createdAt, ...rest }: Omit<typeof releases.$inferSelect, 'sequence'>): Release {
  return { ...rest, ...(reason !== null && { reason }), createdAt: createdAt.toISOString() };
}

export const secretsOf = ({ run }: Database): Storage['secrets'] => ({
  async put(server, name, sealed) {
    const target = [secrets.server, secrets.name];
    await run((db) =>
      db.insert(secrets).values({ server, name, sealed }).onConflictDoUpdate({ target, set: { sealed } }),
    );
  },
  get: (server, name) =>
    run(async (db) => {
      const wanted = and(eq(secrets.server, server), eq(secrets.name, name));
      return (await db.select().from(secrets).where(wanted))[0]?.sealed;
    }),
  names: (server) =>
    run(async (db) => {
      const rows = await db.select().from(secrets).where(eq(secrets.server, server)).orderBy(asc(secrets.name));
      return rows.map((row) => row.name);
    }),
  list: () => run((db) => db.select().from(secrets).orderBy(asc(secrets.server), asc(secrets.name))),
  async deleteAll(server) {
    await run((db) => db.delete(secrets).where(eq(secrets.server, server)));
  },
});
