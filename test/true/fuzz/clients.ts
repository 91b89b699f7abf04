import fc from 'fast-check';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connectClient, disconnectClient } from '../../../src/local/index.ts';
import { clientPrograms } from '../../../src/util/index.ts';
import { brokenText, spoiledJson, targetLater, type FuzzTarget } from '../../support/fuzz.ts';

const servers = { other: { command: 'x', args: ['a'] }, 'mcp-crafter': { command: '/bin/mcp-crafter', args: ['mcp'] } };
const asPeopleWrite = `// mine
{
\t"mcpServers": { "other": { "command": "x", /* why */ "args": [1,\n2] }, },
\t"servers": {},
}
`;
const texts = fc.oneof(
  spoiledJson([{ mcpServers: servers }, { servers, inputs: [] }, { theme: 'dark', mcpServers: {} }]),
  brokenText(fc.constantFrom(asPeopleWrite, asPeopleWrite.replaceAll('\n', '\r\n'), `\uFEFF${asPeopleWrite}`)),
);
const names = fc.constantFrom('shop', 'other', 'mcp-crafter', '__proto__', 'constructor', 'a b', '');

const inProjects = clientPrograms.flatMap(({ name, projectFile }) => (projectFile ? [{ name, projectFile }] : []));

/** A client's file, whatever stands in it: connected and disconnected it is what it was, and refused it is untouched. */
async function roundTrip([index, server, text]: readonly [number, string, string]): Promise<void> {
  const program = inProjects[index % inProjects.length]!;
  const project = await mkdtemp(join(tmpdir(), 'fuzz-client-'));
  try {
    const file = program.projectFile(project);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    const bytes = await readFile(file);
    const target = { client: program.name, server, project };
    const refused = await connectClient(target).then(
      ({ changed }) => changed || undefined,
      (error: unknown) => ({ error }),
    );
    if (refused === true) await disconnectClient(target);
    // An entry of ours that stood there before goes with disconnecting.
    if (server === 'mcp-crafter' && text.includes('mcp-crafter"') && refused === true) return;
    if (!(await readFile(file)).equals(bytes)) throw new Error(`Not as it was: ${await readFile(file, 'utf8')}`);
    const beside = await readdir(dirname(file));
    if (beside.length > 1) throw new Error(`Left beside it: ${beside.join(', ')}`);
    if (typeof refused === 'object') throw refused.error;
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}

/** Files that other programs and people write, in which we change a place. */
export const clientTargets: readonly FuzzTarget[] = [
  targetLater('configurations of clients', 2, fc.tuple(fc.nat(), names, texts), roundTrip, 8),
];
