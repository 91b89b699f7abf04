import type { FieldEncoding, HttpBody, JsonSchema } from '../../../spec/index.ts';
import { quote } from '../print/literal.ts';
import { member } from './parameters.ts';
import { kindOf } from './value.ts';

export interface BodyCode {
  readonly imports: readonly string[];
  readonly lines: readonly string[];
  /** Expression of what is sent. */
  readonly sent: string;
}

const readBytes = [
  'const bytesOf = async (given: string) => {',
  "  if (given.startsWith('text:')) return Buffer.from(given.slice('text:'.length));",
  "  if (given.startsWith('file:')) return readFile(await context.folders.toRead(given.slice('file:'.length)));",
  "  return Buffer.from(given, 'base64');",
  '};',
];
const fileImport = "import { readFile } from 'node:fs/promises';";

/** Lines that make a request's body out of the argument that holds it. */
export function bodyCode(body: HttpBody, input: JsonSchema, refuse: (why: string) => never): BodyCode {
  const value = member('args', body.argument);
  const type = `headers.set('content-type', ${quote(body.type)});`;
  const properties = (input['properties'] ?? {}) as JsonSchema;
  switch (body.as) {
    case 'json':
      return { imports: [], lines: [type], sent: `JSON.stringify(${value})` };
    case 'text':
      return { imports: [], lines: [type], sent: `String(${value})` };
    case 'xml':
      if (kindOf(properties[body.argument], input) !== 'single') refuse('its body is XML made from an object');
      return { imports: [], lines: [type], sent: `String(${value})` };
    case 'binary':
      if (body.type.includes('*')) refuse('its body may be of any media type');
      return { imports: [fileImport], lines: [...readBytes, type], sent: `await bytesOf(${value})` };
    case 'form':
      return formCode(body, value, type, refuse);
    case 'multipart':
      return multipartCode(body, value);
  }
}

function formCode({ encoding }: HttpBody, value: string, type: string, refuse: (why: string) => never): BodyCode {
  if (
    Object.values(encoding).some(
      ({ style, explode, allowReserved }) => style !== undefined || explode === false || allowReserved === true,
    )
  )
    refuse('its form has fields in styles of their own');
  const lines = [
    'const fields = [];',
    `for (const [name, given] of Object.entries(${value}))`,
    '  for (const each of [given].flat())',
    "    fields.push(encode(name) + '=' + encode(typeof each === 'object' ? JSON.stringify(each) : each));",
    type,
  ];
  return { imports: [], lines, sent: "fields.join('&')" };
}

function multipartCode({ encoding }: HttpBody, value: string): BodyCode {
  const named = (pick: (each: FieldEncoding) => boolean): string[] =>
    Object.entries(encoding).flatMap(([name, each]) => (pick(each) ? [name] : []));
  const files = named(({ binary }) => binary === true);
  const typed = Object.entries(encoding).flatMap(([name, { contentType }]) =>
    contentType === undefined || files.includes(name) || /[,*]/.test(contentType)
      ? []
      : [`[${quote(name)}, ${quote(contentType)}]`],
  );
  const lines = [
    ...(files.length > 0 ? readBytes : []),
    ...(files.length > 0 ? [`const files = [${files.map(quote).join(', ')}];`] : []),
    ...(typed.length > 0 ? [`const types = new Map([${typed.join(', ')}]);`] : []),
    'const form = new FormData();',
    `for (const [name, given] of Object.entries(${value})) {`,
    '  for (const each of [given].flat()) {',
    ...(files.length > 0
      ? [
          '    if (files.includes(name)) {',
          '      form.append(name, new Blob([await bytesOf(each)]), name);',
          '      continue;',
          '    }',
        ]
      : []),
    "    const text = typeof each === 'object' ? JSON.stringify(each) : String(each);",
    ...(typed.length > 0
      ? ["    const type = types.get(name) ?? (typeof each === 'object' ? 'application/json' : undefined);"]
      : ["    const type = typeof each === 'object' ? 'application/json' : undefined;"]),
    '    form.append(name, type === undefined ? text : new Blob([text], { type }));',
    '  }',
    '}',
  ];
  return { imports: files.length > 0 ? [fileImport] : [], lines, sent: 'form' };
}
