import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { Lang, parse } from '@ast-grep/napi';
import { expect, it } from 'vitest';
import { createMcpServer, runOperation } from '../../src/index.ts';
import { ejectTool } from '../../src/languages/typescript/eject/eject.ts';
import { parseCode } from '../../src/languages/typescript/parse-code.ts';
import { withCrafter } from './with-crafter.ts';

const held = withCrafter();

/** Ends strings, templates, comments, lines, pages and expressions; \u001B steers terminals, \u202E turns the line. */
const evil = `x'"\`\${process.exit(7)}*/-->|</script>\n\r\u0000\u001B[31m\u202E\u2028EVIL=1\u{E0049}\\`;
const names = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'class', '${x}', 'a*/b', evil];

function hostile(): string {
  const text = { type: 'string', description: evil, title: evil, enum: [evil, 'b'], default: evil };
  const properties = Object.fromEntries(names.map((name) => [name, text]));
  const paths = names.map((name, index) => {
    const at = {
      name: 'id',
      in: 'path',
      required: true,
      style: ['matrix', 'label', 'simple'][index % 3],
      schema: text,
    };
    const places = names.map((other, count) => ({
      name: other,
      in: 'query',
      description: evil,
      style: ['form', 'spaceDelimited', 'pipeDelimited'][count % 3],
      schema: count % 2 === 0 ? text : { type: 'array', items: text },
    }));
    const types = ['application/json', 'multipart/form-data', 'application/x-www-form-urlencoded'];
    const operation = {
      operationId: name,
      summary: evil,
      description: evil,
      tags: [name],
      servers: index % 2 === 0 ? [{ url: `https://h.example.com/${evil}` }] : undefined,
      security: [{ [name]: [evil] }],
      parameters: [at, ...places],
      requestBody: {
        description: evil,
        content: { [types[index % 3] ?? '']: { schema: { type: 'object', properties } } },
      },
      responses: {
        200: { description: evil, content: { 'application/json': { schema: { type: 'object', properties } } } },
      },
    };
    return [`/a${index}/\`$\{x}*/'/{id}`, { post: operation }] as const;
  });
  const tokenUrl = `https://id.example.com/${evil}`;
  const schemes = [
    { type: 'apiKey', in: 'query', name: evil, description: evil },
    { type: 'http', scheme: 'bearer', description: evil },
    { type: 'oauth2', flows: { clientCredentials: { tokenUrl, scopes: { [evil]: evil } } } },
  ];
  return JSON.stringify({
    openapi: '3.1.0',
    info: { title: `Evil ${evil}`, description: evil, version: `1${evil}` },
    servers: [{ url: 'https://api.example.com' }, { url: `https://b.example.com/${evil}` }],
    tags: names.map((name) => ({ name, description: evil })),
    components: { securitySchemes: Object.fromEntries(names.map((name, index) => [name, schemes[index % 3]])) },
    paths: Object.fromEntries(paths),
  });
}

it('[OPENAPI-READ-14] a document that tries to break out becomes a server that works, and breaks out of nothing', async () => {
  const made = await runOperation(held.crafter, createMcpServer, {
    server_name: 'evil',
    document: hostile(),
    wait: true,
  });
  expect(made, JSON.stringify({ ...(made as object), notes: [] }).slice(0, 3000)).toMatchObject({
    status: 'success',
    report: { success: true },
  });
  const blueprint = (await held.crafter.storage.servers.get('evil'))?.blueprint;
  const tools = [...(blueprint?.tools ?? []), ...(blueprint?.catalogue ?? [])];
  const operations = tools.filter(({ implementation }) => implementation.kind === 'http');
  expect(operations).toHaveLength(names.length);

  const project = join(held.stateFolder, 'servers/evil/project');
  const file = (path: string): string => readFileSync(join(project, path), 'utf8');
  for (const entry of readdirSync(project, { recursive: true, withFileTypes: true })) {
    // What is sent stands in JSON as it is.
    if (!entry.isFile() || entry.name.endsWith('.json') || /node_modules|modules|support/.test(entry.parentPath))
      continue;
    const text = readFileSync(join(entry.parentPath, entry.name), 'utf8');
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    const at = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u202E]|\u{E0049}/u.exec(text)?.index;
    expect(at === undefined ? '' : text.slice(Math.max(0, at - 100), at + 20), entry.name).toBe('');
  }
  const known = new Set(blueprint?.environment.map(({ name }) => name));
  expect(Object.keys(parseEnv(file('.env.example'))).filter((name) => !known.has(name))).toEqual([]);
  expect(file('README.md')).not.toMatch(/^EVIL|(?<!\\)<\/script/m);
  expect(file('src/server.ts')).not.toMatch(/^EVIL/m);

  for (const operation of operations) {
    const { implementation } = ejectTool(operation, blueprint!.api!);
    expect(implementation.kind === 'code' && parseCode(implementation.code), operation.name).toEqual([]);
    const { code } = implementation as { code: string };
    expect(parse(Lang.TypeScript, code).root().findAll('process.exit($$$)'), operation.name).toEqual([]);
  }
});
