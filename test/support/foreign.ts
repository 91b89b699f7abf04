import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', 'foreign');
/** Where `scripts/foreign.ts` has put clients and referees of other people. */
export const foreignModules = join(folder, 'node_modules');
if (!existsSync(join(foreignModules, '.stamp'))) throw new Error('Install them first: node scripts/foreign.ts');

/** Programs of the official conformance suite: the one with frozen requirement sets, and the last of its first line. */
export const suites = {
  current: join(foreignModules, '@modelcontextprotocol/conformance/dist/index.js'),
  first: join(foreignModules, 'conformance-0.1/dist/index.js'),
};

/** Clients of `test/foreign/clients`, by what they are. */
export const foreignClients: Readonly<Record<string, readonly [program: string, script: string]>> = {
  'the official inspector': [process.execPath, 'inspector.mjs'],
  "the SDK's 1.x client": [process.execPath, 'sdk-1.mjs'],
  "the SDK's 2.x client": [process.execPath, 'sdk-2.mjs'],
  "the Python SDK's client": [join(folder, '.venv/bin/python'), 'python-sdk.py'],
  "the AI SDK's client": [process.execPath, 'ai-sdk.mjs'],
  "the client of OpenAI's agents": [process.execPath, 'openai-agents.mjs'],
};

export interface ForeignOrder {
  readonly stdio?: {
    readonly command: string;
    readonly args: readonly string[];
    readonly env: Readonly<Record<string, string>>;
  };
  readonly http?: { readonly url: string; readonly headers: Readonly<Record<string, string>> };
  readonly right: { readonly name: string; readonly arguments: object };
  readonly wrong: { readonly name: string; readonly arguments: object };
}

/** Lets a client do what it is ordered, and gives what it printed. */
export async function askForeign([program, script]: readonly [string, string], order: ForeignOrder): Promise<unknown> {
  const words = [join(folder, 'clients', script), JSON.stringify(order)];
  const { code, stdout, stderr } = await runProgram(program, words);
  if (code !== 0) throw new Error(`It ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

/** Runs a program that ends by itself, for at most a minute. */
export function runProgram(
  program: string,
  words: readonly string[],
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  return new Promise((done) => {
    execFile(program, words, { timeout: 60_000, maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : (error.code ?? error.signal), stdout, stderr }),
    );
  });
}
