import type { HttpOperation, SecurityScheme } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { isObject, list, own, strings } from './json.ts';
import type { JsonObject } from './json.ts';
import type { CompiledSecurity } from './security.ts';
import type { Context } from './types.ts';

/**
 * The alternatives by which an operation may be called: its own `security` over the document's (OpenAPI 3.1.1, 4.8.10).
 * Schemes that the document does not define are ignored, with a remark.
 */
export function requirementsOf(
  context: Context,
  operation: JsonObject,
  where: string,
  schemes: CompiledSecurity['schemes'],
): HttpOperation['security'] {
  const given = Array.isArray(operation['security']) ? operation['security'] : own(context.root, 'security');
  const found = list(given)
    .filter(isObject)
    .map((requirement) => {
      const named = Object.entries(requirement).filter(([name]) => {
        if (Object.hasOwn(schemes, name)) return true;
        context.remark({
          where: `${where}/security`,
          what: `The security scheme ${cut(name, 60)} is not defined.`,
          action: 'left_out',
        });
        return false;
      });
      return {
        requirement: Object.fromEntries(named.map(([name, scopes]) => [name, strings(scopes)])),
        undefinedOnly: named.length === 0 && Object.keys(requirement).length > 0,
      };
    });
  const usable = found.filter(({ undefinedOnly }) => !undefinedOnly);
  return usable.flatMap(({ requirement }) => sendable(context, requirement, where, schemes));
}

type Requirement = HttpOperation['security'][number];

/** A request has one field Authorization (RFC 9110, 5.3 and 11.6.2): of schemes that all want it, each is an alternative. */
function sendable(
  context: Context,
  requirement: Requirement,
  where: string,
  schemes: CompiledSecurity['schemes'],
): Requirement[] {
  const rivals = Object.keys(requirement).filter((name) => wantsAuthorization(schemes[name]));
  if (rivals.length < 2) return [requirement];
  context.remark({
    where: `${where}/security`,
    what: `${cut(rivals.join(' and '), 100)} want the one header Authorization together; one of them is sent.`,
    action: 'mended',
  });
  return rivals.map((kept) =>
    Object.fromEntries(Object.entries(requirement).filter(([name]) => name === kept || !rivals.includes(name))),
  );
}

const wantsAuthorization = (scheme: SecurityScheme | undefined): boolean =>
  scheme !== undefined &&
  scheme.type !== 'mutualTLS' &&
  (scheme.type !== 'apiKey' || (scheme.in === 'header' && scheme.name.toLowerCase() === 'authorization'));

/** Schemes by which some operation is called; the others need no variable. */
export const usedSchemes = (operations: readonly HttpOperation[]): Set<string> =>
  new Set(operations.flatMap(({ security }) => security.flatMap((requirement) => Object.keys(requirement))));
