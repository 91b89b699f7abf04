import type { Tool } from './tool.ts';

/** What `api.json` holds: an HTTP API compiled from its description. Fields that may be absent have the default named. */
export interface ApiFile {
  readonly title: string;
  readonly version: string;
  readonly servers: readonly ApiServer[];
  readonly security?: Readonly<Record<string, SecurityScheme>>;
  /** Schemas that operations share: `{"$ref": "#/$defs/NAME"}` in an operation of the catalogue means the one here. */
  readonly schemas?: Readonly<Record<string, Schema>>;
  /** A caller of the server over HTTP may send its own credentials in `X-API-Authorization` (false). */
  readonly passCredentials?: boolean;
  /** Listed tools, in the order of the listing. Schemas of a listed tool are self-contained. */
  readonly tools: readonly ApiTool[];
  /** Operations that are not listed; the tools of kind `catalogue` find and run these and the listed ones (none). */
  readonly catalogue?: readonly ApiOperation[];
  /** Operations that became code in `src/tools`, by which the tests judge it (none). */
  readonly ejected?: readonly ApiOperation[];
}

export type Schema = boolean | { readonly [keyword: string]: unknown };

type Listed = Tool['listed'];

/** An operation as a tool: what a model sees, and how it is called. */
export interface ApiOperation extends Listed {
  readonly implementation: HttpCall;
}

export interface ApiTool extends Listed {
  readonly implementation: HttpCall | CatalogueCall | AnswerCall | AuthorizeCall;
}

/** `search`: { query, tag?, limit? }. `describe`: { operation, full? }. `read`, `write`: { operation, arguments, fields? }. */
export interface CatalogueCall {
  readonly kind: 'catalogue';
  readonly part: 'search' | 'describe' | 'read' | 'write';
}

/** More of an answer that was cut: { answer, fields?, from?, count? }. */
export interface AnswerCall {
  readonly kind: 'answer';
}

/** Signs a user in by authorization code: { scheme? } begins, { code, state, issuer? } ends it. */
export interface AuthorizeCall {
  readonly kind: 'authorize';
}

export interface HttpCall {
  readonly kind: 'http';
  readonly operationId?: string;
  /** Any token, in the capitalization that is sent. */
  readonly method: string;
  /** As the document has it, with `{name}` for path parameters. */
  readonly path: string;
  /** Index into the servers (0). */
  readonly server?: number;
  readonly tags?: readonly string[];
  readonly parameters?: readonly HttpParameter[];
  readonly body?: HttpBody;
  /** Alternatives; of one, every scheme is needed (name to scopes). None: anonymous. An empty one: anonymous is allowed. */
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  /** Media types of successful answers. */
  readonly accept?: readonly string[];
  readonly pagination?: Pagination;
}

export type Style =
  | 'simple'
  | 'label'
  | 'matrix'
  | 'form'
  | 'spaceDelimited'
  | 'pipeDelimited'
  | 'tabDelimited'
  | 'deepObject'
  | 'cookie';

export interface HttpParameter {
  /** Property of the arguments. */
  readonly argument: string;
  /** Name on the wire. */
  readonly name: string;
  readonly in: 'path' | 'query' | 'querystring' | 'header' | 'cookie';
  readonly style: Style;
  readonly explode: boolean;
  readonly required?: boolean;
  readonly allowReserved?: boolean;
  /** Media type by which the value is written instead of by style. */
  readonly content?: string;
}

export interface HttpBody extends BodyMedia {
  /** Property of the arguments that is the body. */
  readonly argument: string;
  readonly required: boolean;
  /** Property of the arguments that may name another media type (none may be named). */
  readonly choice?: { readonly argument: string; readonly alternatives: readonly BodyMedia[] };
}

export interface BodyMedia {
  readonly type: string;
  readonly as: 'json' | 'form' | 'multipart' | 'text' | 'xml' | 'binary';
  readonly encoding?: Readonly<Record<string, FieldEncoding>>;
  /** The value is a list, and each of its items a part of a multipart body (its fields are, by their names). */
  readonly positions?: Positions;
}

/** Encodings of parts by position; `items` is that of all others (OpenAPI 3.2, Encoding By Position). */
export interface Positions {
  readonly prefix: readonly PartEncoding[];
  readonly items: PartEncoding;
}

export interface PartEncoding {
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The value is base64, `file:PATH` or `text:…`, and is sent as the bytes. */
  readonly binary?: boolean;
  /** The part is a multipart body itself. */
  readonly parts?: Positions;
}

/** How one field of a form or multipart body is written. */
export interface FieldEncoding {
  readonly contentType?: string;
  readonly style?: Style;
  readonly explode?: boolean;
  readonly allowReserved?: boolean;
  /** The value is base64, `file:PATH` or `text:…`, and is sent as the bytes. */
  readonly binary?: boolean;
}

/** Where the next page is found. `at` and `items` are paths of property names into the answer. */
export type Pagination =
  | { readonly kind: 'cursor'; readonly argument: string; readonly at: readonly string[] }
  | { readonly kind: 'url'; readonly at: readonly string[] }
  | { readonly kind: 'offset'; readonly argument: string; readonly items: readonly string[]; readonly size?: string }
  | {
      readonly kind: 'page';
      readonly argument: string;
      readonly first: number;
      readonly items: readonly string[];
      readonly size?: string;
    }
  | { readonly kind: 'link' };

export interface ApiServer {
  /** Absolute URL; `{name}` stands for a variable below. Empty: `variable` has to be set. */
  readonly url: string;
  /** Environment variable that replaces the whole address. */
  readonly variable: string;
  readonly variables?: Readonly<Record<string, ServerVariable>>;
}

interface ServerVariable {
  readonly variable: string;
  readonly default: string;
  readonly enum?: readonly string[];
}

/** Names of the environment variables with an OAuth client's parts. A set `token` is used as it is. */
interface OauthVariables {
  readonly token: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
}

/** How a caller proves itself; values come from the environment variables named. */
export type SecurityScheme =
  | {
      readonly type: 'apiKey';
      readonly in: 'header' | 'query' | 'cookie';
      readonly name: string;
      readonly variable: string;
    }
  | { readonly type: 'basic'; readonly username: string; readonly password: string }
  | { readonly type: 'digest'; readonly username: string; readonly password: string }
  | { readonly type: 'http'; readonly scheme: string; readonly variable: string }
  | OauthScheme
  | OpenIdScheme
  | { readonly type: 'mutualTLS'; readonly certificate: string; readonly key: string };

export interface OauthScheme extends OauthVariables {
  readonly type: 'oauth2';
  /** Of the user whom the flow `password` signs in. */
  readonly username?: string;
  readonly password?: string;
  readonly flow: 'clientCredentials' | 'authorizationCode' | 'password' | 'implicit' | 'deviceAuthorization';
  readonly tokenUrl?: string;
  readonly authorizationUrl?: string;
  readonly refreshUrl?: string;
  readonly scopes?: readonly string[];
}

export interface OpenIdScheme extends OauthVariables {
  readonly type: 'openIdConnect';
  readonly discoveryUrl: string;
}
