import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type {
  ApiOptions,
  ApiRemark,
  HttpOperation,
  JsonSchema,
  Request,
  SourceOptions,
  Tool,
} from '../../../spec/index.ts';
import { bundleSchemas } from '../../../util/index.ts';
import type { JsonObject } from '../document/types.ts';
import { compile } from './compile.ts';

/** For tests: a document's operations compiled, with ways to look at them. */
export interface Compiled {
  readonly request: Request;
  readonly remarks: readonly ApiRemark[];
  tool(name: string): Tool;
  wire(name: string): HttpOperation;
  /** Whether a tool takes these arguments, as the validators of MCP clients and servers say. */
  takes(name: string, args: unknown): boolean;
}

export function compiled(
  document: JsonObject,
  api: ApiOptions = {},
  options: Omit<SourceOptions, 'api'> = {},
): Compiled {
  const remarks: ApiRemark[] = [];
  const version = /^3\.[012]/.exec(String(document['openapi'] ?? '3.1'))?.[0] as '3.0' | '3.1' | '3.2';
  const read = { version, root: document, digest: 'd', remark: (one: ApiRemark) => void remarks.push(one), remarks };
  const { request } = compile(read, { ...options, api });
  const tool = (name: string): Tool => {
    const found = request.tools.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no tool ${name}: ${request.tools.map((one) => one.name).join(', ')}`);
    return found;
  };
  return {
    request,
    remarks,
    tool,
    wire: (name) => {
      const { implementation } = tool(name);
      if (implementation.kind !== 'http') throw new Error(`${name} is no operation`);
      return implementation;
    },
    takes: (name, args) => accepts(bundleSchemas(tool(name).input, request.api?.api.schemas ?? {}), args),
  };
}

export function accepts(schema: JsonSchema, value: unknown): boolean {
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  return ajv.compile(schema)(value) === true;
}

/** A document of one operation `POST /things` whose JSON body has this schema; `components` are its shared schemas. */
export function withBody(schema: JsonObject | boolean, schemas: JsonObject = {}, openapi = '3.1.0'): JsonObject {
  const content = { 'application/json': { schema } };
  return {
    openapi,
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: { '/things': { post: { operationId: 'makeThing', requestBody: { content } } } },
    components: { schemas },
  };
}

/** Whether the body of `withBody` takes a value. */
export function bodyTakes(document: JsonObject): (value: unknown) => boolean {
  const { takes } = compiled(document);
  return (value) => takes('make_thing', { body: value });
}

/** A document of one operation, `GET /things` unless said otherwise. */
export function withOperation(
  operation: JsonObject,
  at: { path?: string; method?: string; openapi?: string; more?: JsonObject } = {},
): JsonObject {
  return {
    openapi: at.openapi ?? '3.1.0',
    info: { title: 'Things', version: '1' },
    servers: [{ url: 'https://api.example.com' }],
    paths: { [at.path ?? '/things']: { [at.method ?? 'get']: { operationId: 'one', ...operation } } },
    ...at.more,
  };
}
