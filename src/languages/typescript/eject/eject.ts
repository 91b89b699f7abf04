import { CrafterError } from '../../../errors.ts';
import type { Api, ApiServer, HttpOperation, Json, JsonSchema, Tool } from '../../../spec/index.ts';
import { bundleSchemas } from '../../../util/index.ts';
import { quote } from '../print/literal.ts';
import { accessLines } from './access.ts';
import { bodyCode } from './body.ts';
import { escaped, member, parameterLines, pathTemplate } from './parameters.ts';

/**
 * An operation of an API as plain code that a person can read and change: it sends the same request.
 * @throws CrafterError NOT_SUPPORTED naming what of the operation plain code would not do right.
 */
export function ejectTool(tool: Tool, api: Api): Tool {
  const { implementation, output: _form, ...rest } = tool;
  const refuse = (why: string): never => {
    throw new CrafterError('NOT_SUPPORTED', `${tool.name} cannot be ejected: ${why}.`, {
      hint: 'Leave it as it is, or write it as code: mcp-crafter update SERVER with custom_tools.',
    });
  };
  if (implementation.kind !== 'http') return refuse('it is no operation of an API');
  const input = withoutDefaults(bundleSchemas(tool.input, api.schemas)) as JsonSchema;
  const code = codeOf(implementation, { ...tool, input }, api, refuse);
  return { ...rest, input, implementation: { kind: 'code', code } };
}

/** Tools in code are given the defaults of their schema; an API has its own. */
function withoutDefaults(schema: Json | undefined): Json | undefined {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const { default: _api, ...rest } = schema;
  const inner = (name: string): object => {
    const map = rest[name];
    if (typeof map !== 'object' || map === null || Array.isArray(map)) return {};
    return { [name]: Object.fromEntries(Object.entries(map).map(([key, child]) => [key, withoutDefaults(child)])) };
  };
  const items = rest['items'] === undefined ? {} : { items: withoutDefaults(rest['items']) };
  return { ...rest, ...inner('properties'), ...inner('$defs'), ...items } as Json;
}

/** What ejected code uses by name; parameters are in reach by their names, too. */
const globals = new Set(
  'process Buffer Object JSON String Headers Blob FormData Map Error URLSearchParams encodeURIComponent readFile fetch'.split(
    ' ',
  ),
);

function codeOf(call: HttpOperation, { input }: Tool, api: Api, refuse: (why: string) => never): string {
  const taken = Object.keys((input['properties'] ?? {}) as object).find((name) => globals.has(name));
  if (taken !== undefined) refuse(`its parameter ${taken} is named like something that code uses`);
  if (call.parameters.some((parameter) => parameter.in === 'querystring')) refuse('its query is one value');
  if (call.server >= api.servers.length) refuse('its server is not known');
  const body = call.body && bodyCode(call.body, input, refuse);
  const query = parameterLines(call, 'query', input, refuse);
  const cookies = parameterLines(call, 'cookie', input, refuse);
  const access = accessLines(call, api, refuse);
  const used = (word: string): boolean =>
    [...access, ...query, ...cookies].some((line) => line.includes(`${word}.push(`));
  const address = `\${base}${pathTemplate(call, input)}${used('query') ? "${query.length > 0 ? `?${query.join('&')}` : ''}" : ''}`;
  const lines = [
    ...baseLines(api.servers[call.server]!),
    `const headers = new Headers({ accept: ${quote(call.accept.join(', ') || '*/*')} });`,
    ...(used('query') ? ['const query = [];'] : []),
    ...query,
    ...(used('cookies') ? ['const cookies = [];'] : []),
    ...cookies,
    ...parameterLines(call, 'header', input, refuse),
    ...access,
    ...(used('cookies') ? ["if (cookies.length > 0) headers.set('cookie', cookies.join('; '));"] : []),
    ...bodyLines(call, body),
    `const response = await context.fetch(\`${address}\`, { method: ${quote(call.method)}, headers${body ? ', body' : ''} });`,
    ...answerLines(call),
  ];
  const encode = lines.some((line) => /\bencode\b/.test(line));
  const imports = body?.imports ?? [];
  return [
    ...imports,
    ...(imports.length > 0 ? [''] : []),
    ...(encode ? ['const encode = (value: unknown) => encodeURIComponent(String(value));'] : []),
    ...lines,
  ].join('\n');
}

/** The server's address; the environment may replace it or its parts. */
function baseLines({ url, variable, variables }: ApiServer): string[] {
  const address = url.replace(/\{([^}]+)\}|[`\\$]/g, (part, name?: string) => {
    const set = name === undefined ? undefined : variables[name];
    return set === undefined ? escaped(part) : `\${process.env[${quote(set.variable)}] || ${quote(set.default)}}`;
  });
  if (url === '') return [`const base = context.secret(${quote(variable)}).replace(/\\/$/, '');`];
  return [`const base = (process.env[${quote(variable)}] || \`${address}\`).replace(/\\/$/, '');`];
}

function bodyLines({ body }: HttpOperation, code: ReturnType<typeof bodyCode> | undefined): string[] {
  if (body === undefined || code === undefined) return [];
  if (body.required) return [...code.lines, `const body = ${code.sent};`];
  const given = `${member('args', body.argument)} !== undefined`;
  return ['let body;', `if (${given}) {`, ...[...code.lines, `body = ${code.sent};`].map((line) => `  ${line}`), '}'];
}

function answerLines({ accept }: HttpOperation): string[] {
  const check = [
    'if (!response.ok)',
    '  throw new Error(`The API answers ${response.status}: ${(await response.text()).slice(0, 1000)}`);',
  ];
  const isText = accept.length === 0 || accept.some((type) => /json|xml|^text\/|\*/i.test(type));
  if (!isText) {
    return [
      ...check,
      "const data = Buffer.from(await response.arrayBuffer()).toString('base64');",
      "return { status: response.status, type: response.headers.get('content-type'), data };",
    ];
  }
  return [
    ...check,
    'const text = await response.text();',
    "const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';",
    'return isJson ? { status: response.status, data: JSON.parse(text) } : { status: response.status, text };',
  ];
}
