import { eq, sql } from 'drizzle-orm';
import type { Database } from '../database.ts';
import { posts } from '../tables.ts';
import type { PostRecord, Storage } from '../types.ts';

/** A service lives for as long as one of its runs is known: dead runs are reaped by the others. */
const lives = (service: unknown) =>
  sql<boolean>`EXISTS (SELECT FROM mcp_crafter.executors e WHERE e.service = ${service})`;

/** Drizzle leaves the table out of a column's name, which would then be the one of `executors`. */
const shown = { post: posts, alive: lives(sql`posts.service`), askerLives: lives(sql`posts.asked`) };

export const postsOf = ({ run }: Database): Storage['posts'] => ({
  list: () =>
    run(async (db) => {
      const rows = await db.select(shown).from(posts);
      return rows.map(toPost);
    }),

  get: (server) =>
    run(async (db) => {
      const [row] = await db.select(shown).from(posts).where(eq(posts.server, server));
      return row && toPost(row);
    }),

  async claim(server, { id, label }) {
    await run((db) =>
      db.execute(sql`INSERT INTO mcp_crafter.posts AS p (server, service, label) VALUES (${server}, ${id}, ${label})
        ON CONFLICT (server) DO UPDATE SET service = excluded.service, label = excluded.label, asked = NULL
        WHERE p.service = ${id}
          OR ((p.service IS NULL OR NOT ${lives(sql`p.service`)})
            AND (p.asked IS NULL OR p.asked = ${id} OR NOT ${lives(sql`p.asked`)}))`),
    );
  },

  async ask(server, asker) {
    await run((db) =>
      db
        .update(posts)
        .set({ asked: asker ?? null })
        .where(eq(posts.server, server)),
    );
  },

  async release(server, service) {
    await run((db) =>
      db.execute(sql`UPDATE mcp_crafter.posts p SET service = NULL, label = NULL
        WHERE server = ${server} AND (service = ${service} OR NOT ${lives(sql`p.service`)})`),
    );
  },

  async note(server, { port, traffic }) {
    const set = { ...(port === undefined ? {} : { port }), ...(traffic === undefined ? {} : { traffic }) };
    await run((db) => db.update(posts).set(set).where(eq(posts.server, server)));
  },
});

interface Row {
  readonly post: typeof posts.$inferSelect;
  readonly alive: boolean;
  readonly askerLives: boolean;
}

function toPost({ post: { server, service, label, asked, port, traffic }, alive, askerLives }: Row): PostRecord {
  return {
    server,
    alive,
    ...(service !== null && { service }),
    ...(label !== null && { label }),
    ...(asked !== null && askerLives && { asked }),
    ...(port !== null && { port }),
    ...(traffic !== null && { traffic }),
  };
}
