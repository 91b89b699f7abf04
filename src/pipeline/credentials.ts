import { isByUser, operationOf, type Blueprint, type SecurityScheme } from '../spec/index.ts';

/** Choices told one by one. */
const shown = 5;

/**
 * What the operations of an API lack to be allowed: the variables of which one choice has to be set. `set` are the
 * variables that have a value.
 */
export function missingCredentials(
  { name, api, tools, catalogue = [] }: Blueprint,
  set: ReadonlySet<string>,
): string[] {
  if (api === undefined) return [];
  const choices = new Map<string, number>();
  let guarded = 0;
  for (const tool of [...tools, ...catalogue]) {
    const { security = [] } = operationOf(tool) ?? {};
    if (security.length === 0) continue;
    guarded++;
    const ways = security.map((schemes) =>
      combined(Object.keys(schemes).map((scheme) => waysOf(api.security[scheme]))),
    );
    const all = ways.flat();
    if (all.some((variables) => variables.every((variable) => set.has(variable)))) continue;
    const said = [...new Set(all.map((variables) => variables.join(' and ')))].slice(0, 4).join(', or ');
    choices.set(said, (choices.get(said) ?? 0) + 1);
  }
  const lacking = [...choices].toSorted(([, a], [, b]) => b - a);
  const notes = lacking
    .slice(0, shown)
    .map(
      ([variables, count]) =>
        `${count} of the ${guarded} operations that want credentials need ${variables}. Set it with: mcp-crafter update ${name} --env ${/^\w+$/.test(variables) ? variables : 'NAME'}=VALUE`,
    );
  return lacking.length > shown
    ? [...notes, `${lacking.length - shown} more choices of credentials are not set: mcp-crafter show ${name}`]
    : notes;
}

/** Each way to satisfy a scheme, as the variables that have to be set. */
function waysOf(scheme: SecurityScheme | undefined): string[][] {
  switch (scheme?.type) {
    case undefined:
      return [[]];
    case 'basic':
    case 'digest':
      return [[scheme.username, scheme.password]];
    case 'mutualTLS':
      return [[scheme.certificate, scheme.key]];
    case 'openIdConnect':
    case 'oauth2':
      if (scheme.type === 'oauth2' && scheme.username !== undefined && scheme.password !== undefined)
        return [[scheme.token], [scheme.clientId, scheme.username, scheme.password]];
      // A user may sign in by a client without a secret (RFC 7636).
      return [[scheme.token], isByUser(scheme) ? [scheme.clientId] : [scheme.clientId, scheme.clientSecret]];
    case 'apiKey':
    case 'http':
      return [[scheme.variable]];
  }
}

/** One way of each. */
function combined(parts: readonly string[][][]): string[][] {
  return parts.reduce<string[][]>(
    (ways, part) => ways.flatMap((way) => part.map((more) => [...way, ...more])).slice(0, 8),
    [[]],
  );
}
