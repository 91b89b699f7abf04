import { callOperation, type ApiCalls } from './api-call.ts';
import type { ApiContext } from './api-context.ts';
import type {
  BodyMedia,
  FieldEncoding,
  HttpBody,
  HttpCall,
  HttpParameter,
  Pagination,
  Positions,
  Style,
} from './api-file.ts';
import type { Tool } from './tool.ts';

/** Values by their names on the wire. They are written in the usual style of their place, unless wrapped by `styled`. */
type Values = Readonly<Record<string, unknown>>;

/** A request of an operation that is code. */
export interface ApiRequest {
  readonly method: string;
  /** From the base address on, with `{name}` for values of `params`. */
  readonly path: string;
  readonly params?: Values;
  readonly query?: Values;
  readonly headers?: Values;
  readonly cookies?: Values;
  /** The whole query as one value. */
  readonly querystring?: unknown;
  readonly body?: {
    readonly type: string;
    readonly as: HttpBody['as'];
    readonly value: unknown;
    /** The media type named instead, of `alternatives`. */
    readonly chosen?: unknown;
    readonly alternatives?: readonly BodyMedia[];
    /** Name of the argument that it comes from (body). */
    readonly argument?: string;
    readonly encoding?: Readonly<Record<string, FieldEncoding>>;
    /** Each item of the value is a part (OpenAPI 3.2, Encoding By Position). */
    readonly positions?: Positions;
  };
  /** Index into the API's servers (0). */
  readonly server?: number;
  /** Names of security schemes with their scopes: alternatives, of which one is enough. */
  readonly security?: HttpCall['security'];
  /** Media types of answers. */
  readonly accept?: readonly string[];
  /** Where the arguments of the next page are found. */
  readonly pages?: Pagination;
}

/** A tool that makes such a request: its arguments are checked as an operation's are, and the API has defaults of its own. */
export function operationTool<Context>(api: ApiCalls, tool: Tool<Context>): Tool<Context> {
  return { ...tool, checkInput: api.inputCheck(tool.listed.inputSchema), keepsArguments: true };
}

/** How a value is written where that is not the usual way of its place. */
interface Way {
  readonly style?: Style;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** Sent by its name also when it is empty. */
  readonly required?: boolean;
  /** Media type by which the value is written instead of by style. */
  readonly content?: string;
  /** Name of the argument that it comes from, where it is another than on the wire. */
  readonly argument?: string;
}

interface Styled {
  readonly value: unknown;
  readonly way: Way;
}

/** Made here: no argument can pass for one. */
const made = new WeakSet<object>();

/** A value that is written in a way of its own. */
export function styled(value: unknown, way: Way): object {
  const one: Styled = { value, way };
  made.add(one);
  return one;
}

const usualStyles: Readonly<Record<HttpParameter['in'], Style>> = {
  path: 'simple',
  header: 'simple',
  query: 'form',
  cookie: 'form',
  querystring: 'form',
};

/**
 * Sends a request as every operation of the API is sent: with credentials, retries and limits. The answer holds `data`
 * where it fits the tool's output schema, else `unexpected`, or `text`, and `next` where another page follows.
 * @throws ToolError when the request cannot be made, or the API refuses it.
 */
export async function callApi<Answer>(
  api: ApiCalls,
  { listed, checkOutput }: Pick<Tool, 'listed' | 'checkOutput'>,
  context: ApiContext,
  request: ApiRequest,
): Promise<Answer> {
  const { params = {}, query = {}, headers = {}, cookies = {}, querystring } = request;
  const given = [
    ...written('path', params),
    ...written('query', query),
    ...written('header', headers),
    ...written('cookie', cookies),
    ...(querystring === undefined ? [] : written('querystring', { querystring })),
  ];
  const { method, path, body, server = 0, security = [], accept = [], pages } = request;
  const implementation: HttpCall = {
    kind: 'http',
    method,
    path,
    server,
    security,
    accept,
    parameters: given.map(([parameter]) => parameter),
    ...(body && { body: { ...mediaOf(body), argument: body.argument ?? 'body', required: false } }),
    ...(pages && { pagination: pages }),
  };
  const values = Object.fromEntries(given.map(([{ argument }, value]) => [argument, value]));
  const args = body === undefined ? values : { ...values, [body.argument ?? 'body']: body.value };
  const answer = await callOperation(api, { ...listed, implementation }, args, {
    context,
    ...(checkOutput && { check: checkOutput }),
  });
  return answer as Answer;
}

function mediaOf({
  value: _value,
  chosen,
  alternatives = [],
  ...preferred
}: NonNullable<ApiRequest['body']>): BodyMedia {
  return alternatives.find((media) => media.type === chosen) ?? preferred;
}

/** Parameters as the operations' data describes them, each with its value. */
function written(place: HttpParameter['in'], values: Values): [HttpParameter, unknown][] {
  return Object.entries(values).map(([name, given]) => {
    const { value, way } = isStyled(given) ? given : { value: given, way: {} };
    const style = way.style ?? usualStyles[place];
    const explode = way.explode ?? ['form', 'cookie'].includes(style);
    return [{ argument: name, name, in: place, ...way, style, explode }, value];
  });
}

const isStyled = (value: unknown): value is Styled => typeof value === 'object' && value !== null && made.has(value);
