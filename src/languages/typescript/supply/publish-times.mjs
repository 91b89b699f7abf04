// Runs in the sandbox: asks a registry when packages were published. Reads {registry, wanted: ["name@version"]} from its
// input, writes {"name@version": time or null}.
import { text } from 'node:stream/consumers';

const { registry, wanted } = JSON.parse(await text(process.stdin));
const byName = Map.groupBy(wanted, (id) => id.slice(0, id.lastIndexOf('@')));
const pending = [...byName];
const times = Object.fromEntries(wanted.map((id) => [id, null]));
const base = registry.endsWith('/') ? registry : `${registry}/`;

async function askInTurn() {
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [name, ids] = next;
    try {
      const answer = await fetch(new URL(name.replace('/', '%2f'), base), {
        headers: { accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.timeout(60_000),
      });
      const { time } = answer.ok ? await answer.json() : {};
      for (const id of ids) {
        const at = time?.[id.slice(name.length + 1)];
        if (typeof at === 'string' && Number.isFinite(Date.parse(at))) times[id] = new Date(at).toISOString();
      }
    } catch {
      // Not known.
    }
  }
}

await Promise.all([1, 2, 3, 4].map(askInTurn));
process.stdout.write(JSON.stringify(times));
