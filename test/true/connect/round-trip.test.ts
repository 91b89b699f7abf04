import fc from 'fast-check';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { parse } from 'jsonc-parser';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectClient, disconnectClient } from '../../../src/local/index.ts';

let root: string;
let number = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'round-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A client's file with this text, in a project of its own; undefined where there is none. */
async function laid(text: string | Buffer | undefined): Promise<{ project: string; file: string }> {
  const project = join(root, String(++number));
  const file = join(project, '.vscode', 'mcp.json');
  await mkdir(join(project, '.vscode'), { recursive: true });
  if (text !== undefined) await writeFile(file, text);
  return { project, file };
}

const bytes = (file: string): Promise<Buffer | undefined> => readFile(file).catch(() => undefined);
const beside = async (file: string): Promise<string[]> => (await readdir(join(file, '..'))).toSorted();

const space = fc.constantFrom('', ' ', '\n', '\n\t', '\n    ', '   ');
const comment = fc.constantFrom('', '// mine\n', '/* kept */', '/* "servers": {} */');
const value = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc.constantFrom('{"command":"x"}', '{ "command" : "x", /* why */ "args": [ 1,\n2 ] }', '"run"'),
);
const member = fc
  .tuple(space, comment, fc.string({ maxLength: 6 }), space, value)
  .map(
    ([before, words, name, middle, content]) => `${before}${words}${JSON.stringify(`k${name}`)}${middle}:${content}`,
  );
const object = fc
  .tuple(fc.array(member, { maxLength: 3 }), space, fc.constantFrom('', ','))
  .map(([members, end, comma]) => `{${members.join(',')}${members.length > 0 ? comma : ''}${end}}`);

/** Files as people and programs leave them: comments, commas too many, odd indentation, a mark at the start, no end of line. */
const fileText = fc
  .tuple(fc.boolean(), comment, object, fc.option(object), fc.constantFrom('', '\n', '\n\n', ' '), fc.boolean())
  .map(([marked, words, others, servers, end, windows]) => {
    const whole =
      servers === null
        ? others
        : others.replace('{', () => `{"servers":${servers}${/^\{\s*\}$/.test(others) ? '' : ','}`);
    const text = `${words}${whole}${end}`;
    return (marked ? '\uFEFF' : '') + (windows ? text.replace(/\r?\n/g, '\r\n') : text);
  });

it('[ROBUST-1] any file comes back byte for byte, in whichever order servers go, with nothing beside it', async () => {
  const names = ['first', 'second', 'third'];
  const files = fc.oneof(
    { weight: 9, arbitrary: fileText },
    fc.constantFrom(undefined, '', '\n', '{}', '\uFEFF{}\r\n'),
  );
  await fc.assert(
    fc.asyncProperty(
      files,
      fc.shuffledSubarray(names, { minLength: 1 }),
      fc.infiniteStream(fc.nat()),
      async (text, order, picks) => {
        const { project, file } = await laid(text);
        const [original, neighbours] = [await bytes(file), await beside(file)];
        for (const server of order) await connectClient({ client: 'vscode', server, project });
        const left = [...order];
        while (left.length > 0) {
          const [server = ''] = left.splice((picks.next().value as number) % left.length, 1);
          await disconnectClient({ client: 'vscode', server, project });
        }
        expect((await bytes(file))?.toString('latin1')).toBe(original?.toString('latin1'));
        expect(await beside(file)).toEqual(neighbours);
      },
    ),
    { numRuns: 60 },
  );
});

it('[ROBUST-2] what a person writes meanwhile stays, comments too', async () => {
  const { project, file } = await laid('{\n  "servers": {}\n}\n');
  await connectClient({ client: 'vscode', server: 'first', project });
  await writeFile(file, `// Added since.\n${await readFile(file, 'utf8')}`);
  await connectClient({ client: 'vscode', server: 'second', project });
  await disconnectClient({ client: 'vscode', server: 'first', project });
  await disconnectClient({ client: 'vscode', server: 'second', project });
  const left = await readFile(file, 'utf8');
  expect(left.startsWith('// Added since.\n{')).toBe(true);
  expect(parse(left)).toEqual({ servers: {} });
});

it('[ROBUST-3] links stay links, also one that leads nowhere yet; rights stay as they were', async () => {
  const { project, file } = await laid(undefined);
  const real = join(project, 'real.json');
  await symlink('../real.json', file);
  await connectClient({ client: 'vscode', server: 'first', project });
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
  expect(await readlink(file)).toBe('../real.json');
  expect(await readFile(real, 'utf8')).toContain('first');
  await disconnectClient({ client: 'vscode', server: 'first', project });
  expect((await lstat(file)).isSymbolicLink()).toBe(true);
  expect(await bytes(real)).toBe(undefined);

  await writeFile(real, '{ }');
  for (const mode of [0o444, 0o600, 0o664, 0o666]) {
    await chmod(real, mode);
    await connectClient({ client: 'vscode', server: 'first', project });
    expect((await stat(real)).mode & 0o777).toBe(mode);
    await disconnectClient({ client: 'vscode', server: 'first', project });
    expect((await stat(real)).mode & 0o777).toBe(mode);
    expect(await readFile(real, 'utf8')).toBe('{ }');
  }
});

it('[ROBUST-4] bytes that are no UTF-8 are left alone, with what to do', async () => {
  const text = Buffer.from([0x7b, 0x22, 0xe9, 0x22, 0x3a, 0x31, 0x7d]);
  const { project, file } = await laid(text);
  await expect(connectClient({ client: 'vscode', server: 'first', project })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    hint: expect.stringContaining('UTF-8'),
  });
  expect(await bytes(file)).toEqual(text);
});
