import type { EnvironmentVariable, SecurityScheme } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { isObject, own, step, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { resolve } from './resolve.ts';
import { credentialNames } from './credential-names.ts';
import { flowOf } from './oauth-flow.ts';
import { compact } from './text.ts';
import type { Context } from './types.ts';
import { withoutLogin } from './url.ts';

export interface CompiledSecurity {
  readonly schemes: Readonly<Record<string, SecurityScheme>>;
  readonly environment: readonly EnvironmentVariable[];
}

/** `components.securitySchemes` with the environment variable of each value (OpenAPI 3.1.1, 4.8.27). */
export function compileSecurity(context: Context, prefix: string): CompiledSecurity {
  const components = own(context.root, 'components');
  const given = isObject(components) && isObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  const places = Object.entries(given).flatMap(([name, value]) => {
    const place = resolve(context, value, `#/components/securitySchemes${step(name)}`);
    return place === undefined || name === '__proto__' ? [] : [{ name, ...place }];
  });
  const names = credentialNames(
    prefix,
    places.map(({ name, value }) => ({ name, type: kindOf(value) })),
  );
  const schemes: [string, SecurityScheme][] = [];
  const environment: EnvironmentVariable[] = [];
  for (const { name, value, where } of places) {
    const made = schemeOf(value, names(name));
    if (made === undefined) {
      context.remark({
        where,
        what: `The security scheme ${cut(name, 60)} is of no known type, or lacks a part.`,
        action: 'left_out',
      });
      continue;
    }
    schemes.push([name, made]);
    environment.push(...variablesOf(made, compact(text(value['description']), 160), name));
  }
  return { schemes: Object.fromEntries(schemes), environment };
}

function kindOf(value: JsonObject): string {
  if (value['type'] === 'oauth2' && flowOf(value['flows'])?.flow === 'password') return 'password';
  if (value['type'] !== 'http') return text(value['type']);
  const scheme = text(value['scheme']).trim().toLowerCase();
  return scheme === 'basic' || scheme === 'digest' ? scheme : 'http';
}

function schemeOf(value: JsonObject, variable: (part: string) => string): SecurityScheme | undefined {
  const oauth = () => ({
    token: variable('ACCESS_TOKEN'),
    clientId: variable('CLIENT_ID'),
    clientSecret: variable('CLIENT_SECRET'),
    refreshToken: variable('REFRESH_TOKEN'),
  });
  switch (kindOf(value)) {
    case 'apiKey': {
      const location = text(value['in']);
      const name = text(value['name']);
      if (name === '' || (location !== 'header' && location !== 'query' && location !== 'cookie')) return undefined;
      // RFC 9110, 5.1; RFC 6265, 4.1.1: names of headers and cookies are tokens.
      if (location !== 'query' && !/^[\w!#$%&'*+.^`|~-]+$/.test(name)) return undefined;
      return { type: 'apiKey', in: location, name, variable: variable('API_KEY') };
    }
    case 'basic':
      return { type: 'basic', username: variable('USERNAME'), password: variable('PASSWORD') };
    case 'digest':
      return { type: 'digest', username: variable('USERNAME'), password: variable('PASSWORD') };
    case 'http': {
      const scheme = text(value['scheme']).trim();
      // RFC 9110, 11.1: the scheme is a token.
      if (!/^[\w!#$%&'*+.^`|~-]{1,40}$/.test(scheme)) return undefined;
      return { type: 'http', scheme: /^bearer$/i.test(scheme) ? 'Bearer' : scheme, variable: variable('TOKEN') };
    }
    case 'password':
    case 'oauth2': {
      const flow = flowOf(value['flows']);
      if (flow === undefined) return undefined;
      const user = { username: variable('USERNAME'), password: variable('PASSWORD') };
      return { type: 'oauth2', ...oauth(), ...(flow.flow === 'password' && user), ...flow };
    }
    case 'openIdConnect': {
      const url = withoutLogin(text(value['openIdConnectUrl']));
      return url === '' ? undefined : { type: 'openIdConnect', ...oauth(), discoveryUrl: url };
    }
    case 'mutualTLS':
      return { type: 'mutualTLS', certificate: variable('CLIENT_CERT'), key: variable('CLIENT_KEY') };
    default:
      return undefined;
  }
}

function variablesOf(scheme: SecurityScheme, description: string, name: string): EnvironmentVariable[] {
  const said = description === '' ? `for the scheme ${cut(compact(name, 60) || 'of the API', 60)}` : `(${description})`;
  const secret = (variable: string, what: string, isSecret = true): EnvironmentVariable => ({
    name: variable,
    description: cut(`${what} ${said}`, 300),
    required: false,
    secret: isSecret,
  });
  switch (scheme.type) {
    case 'apiKey':
      return [secret(scheme.variable, `API key, sent in the ${scheme.in} as ${cut(scheme.name, 60)}`)];
    case 'basic':
    case 'digest':
      return [secret(scheme.username, 'User name'), secret(scheme.password, 'Password')];
    case 'http':
      return [secret(scheme.variable, `${scheme.scheme} token`)];
    case 'mutualTLS':
      return [
        secret(scheme.certificate, 'Path of the client certificate (PEM)', false),
        secret(scheme.key, 'Path of its private key (PEM)', false),
      ];
    default:
      return [
        secret(scheme.token, `Access token, used as it is${unrun(scheme)}`),
        secret(scheme.clientId, 'OAuth client id'),
        secret(scheme.clientSecret, 'OAuth client secret'),
        secret(scheme.refreshToken, 'OAuth refresh token'),
        ...('username' in scheme && scheme.username !== undefined
          ? [secret(scheme.username, 'Name of the user who is signed in')]
          : []),
        ...('password' in scheme && scheme.password !== undefined
          ? [secret(scheme.password, 'Password of that user')]
          : []),
      ];
  }
}

/** A flow that ends in a browser: what comes of it is set. */
function unrun(scheme: SecurityScheme): string {
  return scheme.type === 'oauth2' && scheme.flow === 'implicit' ? '; got by the implicit flow in a browser' : '';
}
