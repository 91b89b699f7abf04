import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { writeProject, generate } from '../src/generate/index.ts';
import { createTypescript } from '../src/languages/index.ts';
import { openSandbox } from '../src/sandbox/index.ts';
import { blueprint, type Blueprint } from '../src/spec/index.ts';
import { median, showRows, type Row } from './row.ts';
import { measureHttp, measureStdio, type ServerFigures, type Subject } from './server-probe.ts';

/** A generated server against one written by hand with the official SDK, with the same tool. */
const runs = 9;
const calls = 1000;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'bench-server-'));

const greeter: Blueprint = blueprint.parse({
  format: 1,
  name: 'greeter',
  version: '1.0.0',
  title: 'Greeter',
  description: 'Greets.',
  language: 'typescript',
  tools: [
    {
      name: 'greet',
      title: 'Greet',
      description: 'Returns a greeting for a name. Sends nothing anywhere.',
      input: {
        type: 'object',
        properties: { name: { type: 'string', maxLength: 200, description: 'Who is greeted.' } },
        required: ['name'],
      },
      output: { type: 'object', properties: { greeting: { type: 'string' } }, required: ['greeting'] },
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
      implementation: { kind: 'code', code: 'return { greeting: `Hello, ${name}!` };' },
    },
  ],
  provenance: { source: 'form', digest: '' },
});

try {
  const [hand, made] = await Promise.all([handWritten(), generated()]);
  const figures = await measureBoth(hand, made);
  showRows([
    row('start', 'startMs', 0.85, figures),
    row('idle memory', 'idleBytes', 1, figures),
    row('stdio call', 'stdioCallMs', 1.05, figures),
    row('HTTP call', 'httpCallMs', 1.05, figures),
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** As JavaScript beside its node_modules, the way it is shipped and run. */
async function handWritten(): Promise<Subject> {
  const { code } = await transform(readFileSync(join(root, 'bench/baseline/server.ts'), 'utf8'), {
    loader: 'ts',
    format: 'esm',
  });
  const place = join(root, '.tmp/bench-baseline');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'server.mjs'), code);
  return { name: 'hand-written', command: [process.execPath, join(place, 'server.mjs')], cwd: root };
}

async function generated(): Promise<Subject> {
  const sandbox = await openSandbox({ stateFolder: folder });
  const language = createTypescript({ sandbox, stateFolder: folder });
  const work = { signal: new AbortController().signal, progress: () => undefined };
  const project = join(folder, 'project');
  await writeProject(project, generate(greeter, { language }));
  const bundle = await language.bundle(project, await language.install(greeter, work), join(folder, 'bundle'), work);
  return { name: 'generated', command: [process.execPath, join(bundle.path, 'main.mjs')], cwd: folder };
}

type Figures = Readonly<Record<keyof ServerFigures, readonly [hand: number, made: number]>>;

/** Runs alternate, so that both meet the same machine. */
async function measureBoth(hand: Subject, made: Subject): Promise<Figures> {
  const found: ServerFigures[][] = [[], []];
  for (let run = 0; run < runs; run++) {
    for (const [at, subject] of (run % 2 === 0 ? [hand, made] : [made, hand]).entries()) {
      const place = subject === hand ? 0 : 1;
      const stdio = await measureStdio(subject, calls);
      found[place]!.push({ ...stdio, httpCallMs: await measureHttp(subject, calls) });
      process.stderr.write(at === 0 ? '.' : ':');
    }
  }
  process.stderr.write('\n');
  const middle = (field: keyof ServerFigures) =>
    found.map((each) => median(each.map((figures) => figures[field]))) as [number, number];
  return {
    startMs: middle('startMs'),
    idleBytes: middle('idleBytes'),
    stdioCallMs: middle('stdioCallMs'),
    httpCallMs: middle('httpCallMs'),
  };
}

function row(what: string, field: keyof ServerFigures, most: number, figures: Figures): Row {
  const [hand, made] = figures[field];
  const shown = field === 'idleBytes' ? [made / 1e6, hand / 1e6, 'MB'] : [made, hand, 'ms'];
  const how = `medians of ${runs} alternating runs: ${(shown[0] as number).toFixed(2)} against ${(shown[1] as number).toFixed(2)} ${shown[2]}`;
  return { what: `generated server, ${what}, against hand-written`, value: made / hand, unit: '×', most, how };
}
