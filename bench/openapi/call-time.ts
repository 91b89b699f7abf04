import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Row } from '../row.ts';
import { median } from '../row.ts';
import { callService } from '../../src/service/index.ts';
import { create, run } from './generated.ts';
import { startMock } from './mock.ts';
import { readProject } from './project.ts';
import type { Workshop } from './workshop.ts';

const rounds = 1000;
const answer = JSON.stringify({ id: 7, name: 'Rex', tags: ['dog', 'old'] });

/** A small API with one operation, and what it answers. */
const document = (origin: string) => ({
  openapi: '3.0.3',
  info: { title: 'Kennel', version: '1.0.0' },
  servers: [{ url: origin }],
  paths: {
    '/dogs/{id}': {
      get: {
        operationId: 'getDog',
        summary: 'Get a dog',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
          { name: 'fields', in: 'query', schema: { type: 'array', items: { type: 'string' } } },
        ],
        responses: {
          200: {
            description: 'The dog.',
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    id: { type: 'integer' },
                    name: { type: 'string' },
                    tags: { type: 'array', items: { type: 'string' } },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
});

/** A call of a generated tool over stdio and a plain fetch of the same, in turn, against the same mock. */
export async function callTimeRow(workshop: Workshop): Promise<Row> {
  await using mock = await startMock();
  mock.answer({ body: answer });
  const origin = `http://127.0.0.1:${mock.port}`;
  const place = join(workshop.folder, 'call-time');
  mkdirSync(place, { recursive: true });
  const spec = join(place, 'kennel.json');
  writeFileSync(spec, JSON.stringify(document(origin)));
  const out = join(place, `project-${mock.port}`);
  const made = await create(workshop.state, 'kennel', spec, origin, ['--out', out]);
  if (!made.ok) return row(Number.NaN, `no server was made: ${made.said.slice(-300)}`);
  await callService(workshop.state, 'delete_server', { server: 'kennel' });
  await using running = await run(readProject(out), { API_BASE_URL: origin });
  const name = running.tools[0]?.name ?? '';
  const call = async () => {
    const { isError } = await running.client.callTool({ name, arguments: { id: 7, fields: ['name', 'tags'] } });
    if (isError) throw new Error('The call failed.');
  };
  const plain = async () => void (await (await fetch(`${origin}/dogs/7?fields=name&fields=tags`)).json());
  const times = { call: [] as number[], plain: [] as number[] };
  for (let round = -rounds / 4; round < rounds; round++) {
    const tool = await timed(call);
    const direct = await timed(plain);
    mock.take();
    if (round < 0) continue;
    times.call.push(tool);
    times.plain.push(direct);
  }
  const [tool, direct] = [median(times.call), median(times.plain)];
  const how = `medians of ${rounds} in turn, official client: ${tool.toFixed(2)} and ${direct.toFixed(2)} ms`;
  return row(tool - direct, how);
}

function row(value: number, how: string): Row {
  return { what: 'stdio call of a generated tool over a plain fetch', value, unit: 'ms', most: 1, how };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
