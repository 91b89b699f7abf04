import type { Api, HttpOperation, SecurityScheme } from '../../../spec/index.ts';
import { quote } from '../print/literal.ts';

type Refuse = (why: string) => never;

/** Lines that put the credentials of the first alternative in their place, which this code can do alone. */
export function accessLines({ security }: HttpOperation, api: Api, refuse: Refuse): string[] {
  if (security.length === 0) return [];
  const beyond = (names: readonly string[]): boolean =>
    names.some((name) => ['mutualTLS', 'digest'].includes(api.security[name]?.type ?? ''));
  const alternatives = security.map((alternative) => Object.entries(alternative));
  const chosen = alternatives.find((entries) => entries.length > 0 && !beyond(entries.map(([name]) => name)));
  if (chosen === undefined)
    return alternatives.some((entries) => entries.length === 0)
      ? []
      : refuse('it needs a client certificate or answers to a Digest challenge');
  const anonymous = alternatives.some((entries) => entries.length === 0);
  return chosen.flatMap(([name, scopes]) => {
    const scheme = api.security[name];
    return scheme === undefined ? [] : schemeLines(scheme, scopes, anonymous);
  });
}

/** Where the API answers without credentials too, unset ones are left out. */
function schemeLines(scheme: SecurityScheme, scopes: readonly string[], optional: boolean): string[] {
  if (scheme.type === 'mutualTLS' || scheme.type === 'digest') return [];
  if (optional) {
    const first = scheme.type === 'basic' ? scheme.username : 'token' in scheme ? scheme.token : scheme.variable;
    return [
      `if (process.env[${quote(first)}]) {`,
      ...schemeLines(scheme, scopes, false).map((line) => `  ${line}`),
      '}',
    ];
  }
  const bearer = (value: string, word = 'Bearer'): string => `headers.set('authorization', \`${word} \${${value}}\`);`;
  switch (scheme.type) {
    case 'apiKey':
      return [keyLine(scheme)];
    case 'basic':
      return [
        `const user = \`\${context.secret(${quote(scheme.username)})}:\${context.secret(${quote(scheme.password)})}\`;`,
        bearer("Buffer.from(user).toString('base64')", 'Basic'),
      ];
    case 'http':
      return [bearer(`context.secret(${quote(scheme.variable)})`, scheme.scheme.replace(/[^\w-]/g, ''))];
    case 'oauth2':
      if (scheme.flow === 'clientCredentials' && scheme.tokenUrl !== undefined)
        return clientLines(scheme, scheme.tokenUrl, scopes);
      return [bearer(`context.secret(${quote(scheme.token)})`)];
    case 'openIdConnect':
      return [bearer(`context.secret(${quote(scheme.token)})`)];
  }
}

function keyLine({ in: place, name, variable }: Extract<SecurityScheme, { type: 'apiKey' }>): string {
  const value = `context.secret(${quote(variable)})`;
  if (place === 'header') return `headers.set(${quote(name)}, ${value});`;
  const into = place === 'query' ? 'query' : 'cookies';
  return `${into}.push(${quote(`${encodeURIComponent(name)}=`)} + encode(${value}));`;
}

/** OAuth 2.0 client credentials (RFC 6749, 4.4), unless a token is set. */
function clientLines(
  { token, clientId, clientSecret }: Extract<SecurityScheme, { type: 'oauth2' }>,
  tokenUrl: string,
  scopes: readonly string[],
): string[] {
  const scope = scopes.length > 0 ? `, scope: ${quote(scopes.join(' '))}` : '';
  return [
    `let token = process.env[${quote(token)}];`,
    'if (!token) {',
    `  const client = [${quote(clientId)}, ${quote(clientSecret)}].map((name) => encode(context.secret(name))).join(':');`,
    `  const granted = await context.fetch(${quote(tokenUrl)}, {`,
    "    method: 'POST',",
    "    headers: { authorization: `Basic ${Buffer.from(client).toString('base64')}` },",
    `    body: new URLSearchParams({ grant_type: 'client_credentials'${scope} }),`,
    '  });',
    "  if (!granted.ok) throw new Error(`No token is granted: ${granted.status}. Check the client's credentials.`);",
    '  ({ access_token: token } = await granted.json());',
    '}',
    "headers.set('authorization', `Bearer ${token}`);",
  ];
}
