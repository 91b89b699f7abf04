import type { ApiFile, SecurityScheme } from './api-file.ts';
import { isOauth, neededVariables } from './api-scheme.ts';

/**
 * What some operations want and the environment does not set: one entry for each choice of alternatives of which none
 * is complete, such as `A_KEY and A_SECRET, or A_TOKEN`. A user who has yet to sign in is not missed.
 */
export function unsetCredentials({ tools, catalogue = [], security = {} }: ApiFile): string[] {
  const choices = new Map(
    [...tools, ...catalogue].flatMap(({ implementation }) => {
      const alternatives = implementation.kind === 'http' ? (implementation.security ?? []) : [];
      return [[JSON.stringify(alternatives), alternatives] as const];
    }),
  );
  const unset = [...choices.values()].map((alternatives) => {
    const each = alternatives.map((alternative) =>
      Object.keys(alternative).flatMap((name) => (Object.hasOwn(security, name) ? unsetIn(security[name]!) : [])),
    );
    return each.some((names) => names.length === 0) ? '' : each.map((names) => names.join(' and ')).join(', or ');
  });
  return [...new Set(unset)].filter((names) => names !== '');
}

function unsetIn(scheme: SecurityScheme): string[] {
  const unset = (...names: string[]) => names.filter((name) => !process.env[name]?.trim());
  if (!isOauth(scheme)) return unset(...neededVariables(scheme));
  const ways =
    scheme.type === 'oauth2' && scheme.flow === 'implicit' ? [scheme.token] : [scheme.clientId, scheme.token];
  return unset(...ways).length === ways.length ? [ways.join(' or ')] : [];
}
