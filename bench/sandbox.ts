import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSandbox } from '../src/sandbox/index.ts';
import { median, showRows } from './row.ts';
import { measureStdio, type Subject } from './server-probe.ts';

/** What the sandbox costs a server: at its start, and for each call through `mcp-crafter run`. */
const runs = 11;
const calls = 1000;
const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'bench-sandbox-'));
chmodSync(folder, 0o755);
const state = join(folder, 'state');
const environment = { ...process.env, MCP_CRAFTER_HOME: state };
const program = join(root, 'bin/mcp-crafter');
let inside: Awaited<ReturnType<typeof openSandbox>> | undefined;
const crafter = (...words: string[]): void =>
  void execFileSync(program, words, { env: environment, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });

try {
  writeFileSync(join(folder, 'greeter.json'), JSON.stringify(greeter()));
  crafter('create', 'greeter.json', '--wait', '--json');
  const [digest = ''] = readdirSync(join(state, 'artifacts'));
  const bundle = join(state, 'artifacts', digest);
  const node = realpathSync(process.execPath);
  const direct: Subject = { name: 'direct', command: [node, join(bundle, 'main.mjs')], cwd: folder };
  const run: Subject = {
    name: 'run',
    command: ['/usr/bin/env', `MCP_CRAFTER_HOME=${state}`, program, 'run', 'greeter'],
    cwd: folder,
  };
  const figures = { plain: [] as number[], boxed: [] as number[], direct: [] as number[], run: [] as number[] };
  for (let turn = 0; turn < runs; turn++) {
    figures.plain.push(await started([node, join(bundle, 'main.mjs')]));
    figures.boxed.push(await startedInside(bundle));
    figures.direct.push((await measureStdio(direct, calls)).stdioCallMs);
    figures.run.push((await measureStdio(run, calls)).stdioCallMs);
    process.stderr.write('.');
  }
  process.stderr.write('\n');
  const [plain, boxed, alone, through] = [figures.plain, figures.boxed, figures.direct, figures.run].map(median) as [
    number,
    number,
    number,
    number,
  ];
  showRows([
    {
      what: 'sandbox at the start of a server',
      value: boxed - plain,
      unit: 'ms',
      most: Math.max(15, plain * 0.1),
      how: `to the answer of initialize, medians of ${runs} alternating runs: ${boxed.toFixed(1)} and ${plain.toFixed(1)} ms`,
    },
    {
      what: 'call through `mcp-crafter run` against the bundle run directly, stdio',
      value: through / alone,
      unit: '×',
      most: 1.1,
      how: `medians of ${runs} alternating runs of ${calls} calls: ${through.toFixed(3)} and ${alone.toFixed(3)} ms`,
    },
  ]);
} finally {
  execFileSync(program, ['serve', '--stop'], { env: environment, stdio: 'ignore' });
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds from the start of a program to its answer of `initialize`. */
async function started(command: readonly string[]): Promise<number> {
  const { startMs } = await measureStdio({ name: 'start', command, cwd: folder }, 1);
  return startMs;
}

async function startedInside(bundle: string): Promise<number> {
  const sandbox = (inside ??= await openSandbox({ stateFolder: state }));
  const began = performance.now();
  const child = await sandbox.spawn({
    command: ['/node/bin/node', '/app/main.mjs'],
    mounts: [{ source: bundle, target: '/app', access: 'read' }],
  });
  const message = {
    jsonrpc: '2.0',
    id: 1,
    method: 'initialize',
    params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } },
  };
  child.stdin.write(`${JSON.stringify(message)}\n`);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const took = performance.now() - began;
  await child.stop(1000);
  return took;
}

function greeter(): object {
  return {
    server_name: 'greeter',
    description: 'Greets.',
    custom_tools: [
      {
        name: 'greet',
        description: 'Returns a greeting for a name. It sends nothing anywhere.',
        parameters: { name: { type: 'string', maxLength: 200, description: 'Who is greeted.' } },
        implementation: 'return { greeting: `Hello, ${name}!` };',
        examples: [{ arguments: { name: 'Ada' } }],
      },
    ],
  };
}
