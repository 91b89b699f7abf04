import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { stopLeftover } from '../../src/storage/testing.ts';
import { productCommand } from './product.ts';

/** How a command ended and what it said. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The one JSON document on stdout; throws when stdout holds anything else. */
  readonly json: CliAnswer;
}

/** The fields that tests look at, of whichever answer it is. */
export interface CliAnswer {
  readonly [field: string]: unknown;
  readonly build: string;
  readonly status: string;
  readonly message: string;
  readonly notes: readonly string[];
  readonly servers: readonly { readonly name: string; readonly status: string }[];
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly hint: string;
    readonly problems: readonly {
      readonly field: string;
      readonly value?: string;
      readonly message: string;
      readonly remedy: string;
    }[];
  };
}

export interface CommandLine {
  readonly stateFolder: string;
  /** Where commands run; files of a test belong here. */
  readonly folder: string;
  /** Runs `mcp-crafter WORDS` as a shell would, without a terminal. */
  run(words: readonly string[], stdin?: string | Iterable<string>): Promise<Ran>;
  /** Writes a file into the folder and gives its name. */
  file(name: string, content: unknown): string;
  /** What servers and builds have in the state folder. */
  left(): string[];
  /** Process ids of the sandboxes that the service has open. */
  sandboxes(): string[];
}

/** For tests: the real program with one service for the test file, which ends after its last test. */
export function withCommandLine(): CommandLine {
  const home = mkdtempSync(join(tmpdir(), 'cli-'));
  const [stateFolder, folder] = [join(home, 'state'), join(home, 'here')];
  const environment = {
    ...process.env,
    MCP_CRAFTER_HOME: stateFolder,
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, '.config'),
    NO_COLOR: '1',
  };
  process.once('exit', () => stopLeftover(stateFolder));
  beforeAll(() => {
    // The database has a user of its own when the tests run as root.
    chmodSync(home, 0o755);
    mkdirSync(folder, { recursive: true });
    mkdirSync(stateFolder, { recursive: true });
  });
  afterAll(() => {
    try {
      execFileSync(productCommand, ['serve', '--stop'], { env: environment });
    } finally {
      endService(stateFolder);
      stopLeftover(stateFolder);
      rmSync(home, { recursive: true, force: true });
    }
  });
  return {
    stateFolder,
    folder,
    run: (words, stdin = '') => runProgram(words, stdin, { env: environment, cwd: folder }),
    file(name, content) {
      writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
      return name;
    },
    left: () =>
      ['servers', 'artifacts', 'workspaces', 'tmp'].flatMap((place) =>
        readdirSync(join(stateFolder, place)).map((entry) => `${place}/${entry}`),
      ),
    sandboxes: () => sandboxesOf(serviceOf(stateFolder)),
  };
}

/** Process id of the service; its file holds the start of that process, too. */
export const serviceOf = (stateFolder: string): string =>
  readFileSync(join(stateFolder, 'run', 'service.pid'), 'utf8').split('.')[0] ?? '';

/** Ends a service that did not stop when it was asked to. */
function endService(stateFolder: string): void {
  try {
    process.kill(Number(serviceOf(stateFolder)), 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** Sandboxes that a process has started: those of its children that are bubblewrap. */
function sandboxesOf(parent: string): string[] {
  return readdirSync('/proc').filter((entry) => {
    if (!/^\d+$/.test(entry)) return false;
    try {
      const [, name, , ppid] = /^\d+ \((.*)\) (\S) (\d+) /s.exec(readFileSync(`/proc/${entry}/stat`, 'utf8')) ?? [];
      return name === 'bwrap' && ppid === parent;
    } catch {
      return false;
    }
  });
}

async function runProgram(
  words: readonly string[],
  stdin: string | Iterable<string>,
  where: { env: NodeJS.ProcessEnv; cwd: string },
): Promise<Ran> {
  const child = spawn(productCommand, words, { ...where, timeout: 90_000 });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.stderr += text));
  const closed = new Promise<number>((done, fail) => {
    child.once('error', fail).once('close', (status) => done(status ?? -1));
  });
  // A command that has read enough closes its input; that is its right.
  child.stdin.on('error', () => undefined);
  for (const text of typeof stdin === 'string' ? [stdin] : stdin) {
    if (child.stdin.destroyed) break;
    if (!child.stdin.write(text)) await Promise.race([closed, new Promise((done) => child.stdin.once('drain', done))]);
  }
  child.stdin.end();
  const code = await closed;
  return {
    code,
    ...said,
    get json() {
      return JSON.parse(said.stdout) as CliAnswer;
    },
  };
}

/** A form with one tool, `get_word`; `tool` and `form` replace fields. */
export function wordForm(
  name: string,
  tool: Record<string, unknown> = {},
  form: Record<string, unknown> = {},
): Record<string, unknown> {
  return { server_name: name, description: 'Words.', custom_tools: [wordTool(tool)], ...form };
}

export function wordTool(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: 'get_word',
    description: 'Returns a word. It does not store it.',
    parameters: { word: { type: 'string', description: 'Any word.', maxLength: 100 } },
    implementation: 'return { word };',
    examples: [{ arguments: { word: 'tree' } }],
    ...change,
  };
}
