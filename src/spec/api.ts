import { z } from 'zod';
import { jsonObject } from './json-object.ts';

/**
 * An HTTP API as compiled from its description. Operations are tools with an `http` implementation (tool.ts);
 * what they share stands here. All of it is data that a runtime executes, in whatever language.
 */

/** A base address. `variable` names the environment variable that replaces the whole address. */
const apiServer = z.strictObject({
  /** Absolute URL without a slash at its end; `{name}` stands for a variable below. Empty when the document names none: then `variable` has to be set. */
  url: z.string().max(2000),
  variable: z.string(),
  /** Server variables of the document: each may be set in the environment. */
  variables: z
    .record(
      z.string(),
      z.strictObject({ variable: z.string(), default: z.string(), enum: z.array(z.string()).optional() }),
    )
    .default({}),
});

/** Names of the environment variables that hold an OAuth client's parts. A set `token` is used as it is. */
const oauthVariables = {
  token: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
  refreshToken: z.string(),
};

/** How a caller proves itself; every value comes from the environment variable named. */
export const securityScheme = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('apiKey'),
    in: z.enum(['header', 'query', 'cookie']),
    name: z.string(),
    variable: z.string(),
  }),
  z.strictObject({ type: z.literal('basic'), username: z.string(), password: z.string() }),
  /** Challenge and answer (RFC 7616). */
  z.strictObject({ type: z.literal('digest'), username: z.string(), password: z.string() }),
  /** Any other HTTP scheme: `Authorization: <scheme> <value of variable>`; `Bearer` mostly. */
  z.strictObject({ type: z.literal('http'), scheme: z.string(), variable: z.string() }),
  z.strictObject({
    type: z.literal('oauth2'),
    ...oauthVariables,
    /** Of the user whom the flow `password` signs in. */
    username: z.string().optional(),
    password: z.string().optional(),
    flow: z.enum(['clientCredentials', 'authorizationCode', 'password', 'implicit', 'deviceAuthorization']),
    tokenUrl: z.string().optional(),
    authorizationUrl: z.string().optional(),
    refreshUrl: z.string().optional(),
    scopes: z.array(z.string()).default([]),
  }),
  z.strictObject({ type: z.literal('openIdConnect'), ...oauthVariables, discoveryUrl: z.string() }),
  /** Paths of PEM files. */
  z.strictObject({ type: z.literal('mutualTLS'), certificate: z.string(), key: z.string() }),
]);

/** What the reader mended, left out or only noticed in the document. */
export const apiRemark = z.strictObject({
  /** Place: a JSON pointer into the document. */
  where: z.string().max(1000),
  what: z.string().max(500),
  action: z.enum(['mended', 'left_out', 'noticed']),
  /** An action of an OpenAPI Overlay that would mend the document itself. */
  overlay: z
    .strictObject({ target: z.string(), update: z.unknown().optional(), remove: z.boolean().optional() })
    .optional(),
});

/** Which operations of a document become tools, and how they are offered. */
export const apiShapes = ['tools', 'search'] as const;

export const api = z.strictObject({
  title: z.string().max(300),
  version: z.string().max(100),
  /** The document's own servers first; operations name theirs by index. */
  servers: z.array(apiServer).min(1).max(200),
  security: z.record(z.string(), securityScheme).default({}),
  /** Schemas that operations share, in JSON Schema 2020-12; operations point to them as `#/$defs/NAME`. */
  schemas: z.record(z.string(), jsonObject).default({}),
  /** Remarks about the document, at most 500. */
  remarks: z.array(apiRemark).default([]),
  /** A caller may send its own credentials with a call. */
  passCredentials: z.boolean().default(false),
  /** Whether nothing of the document may be wrong: then an operation that is judged wrong fails the build. */
  strict: z.boolean().optional(),
});

export type Api = z.infer<typeof api>;
export type ApiServer = z.infer<typeof apiServer>;
export type ApiRemark = z.infer<typeof apiRemark>;
export type ApiShape = (typeof apiShapes)[number];
export type SecurityScheme = z.infer<typeof securityScheme>;

/** Whether a user signs in: by authorization code, or on another device. */
export function isByUser(scheme: SecurityScheme): boolean {
  if (scheme.type === 'openIdConnect') return true;
  return scheme.type === 'oauth2' && ['authorizationCode', 'deviceAuthorization'].includes(scheme.flow);
}
