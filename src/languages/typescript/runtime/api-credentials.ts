import type { ApiContext } from './api-context.ts';
import type { ApiFile, HttpCall, OauthScheme, OpenIdScheme, SecurityScheme } from './api-file.ts';
import { apiTokenConfig } from './api-oauth.ts';
import { passedFor, passedWhole } from './api-passed.ts';
import { missingFor, proofOf, type Proof } from './api-scheme.ts';
import { ToolError } from './errors.ts';
import { openTokenSession, type TokenSession } from './token-session.ts';

/** Finds what calls of an API prove themselves with. Sign-ins are held here, one a scheme. */
export interface Credentials {
  /**
   * Proofs of the first alternative that has all it needs; none where the call may be anonymous.
   * @throws ToolError naming the variables to set.
   */
  for(call: HttpCall, context: ApiContext): Promise<Proof[]>;
  session(scheme: string): TokenSession<ApiContext>;
}

export function openCredentials(api: ApiFile): Credentials {
  const { security = {}, passCredentials = false } = api;
  const sessions = new Map<string, TokenSession<ApiContext>>();

  function session(name: string): TokenSession<ApiContext> {
    const open =
      sessions.get(name) ?? openTokenSession(apiTokenConfig(name, security[name] as OauthScheme | OpenIdScheme));
    sessions.set(name, open);
    return open;
  }

  async function missing(names: readonly string[], context: ApiContext): Promise<string[]> {
    const found = await Promise.all(
      names.map((name) => {
        const scheme = known(security, name);
        return scheme === undefined ? [`(unknown scheme ${name})`] : missingFor(scheme, () => session(name), context);
      }),
    );
    return found.flat();
  }

  async function proofs(names: readonly string[], context: ApiContext): Promise<Proof[]> {
    const found: Proof[] = [];
    for (const name of names) found.push(await proofOf(known(security, name)!, () => session(name), context));
    return found;
  }

  return {
    session,
    async for({ security: alternatives = [] }, context) {
      const own = passCredentials ? await passed(alternatives, context) : undefined;
      if (own !== undefined) return own;
      const wanted: string[] = [];
      for (const alternative of alternatives) {
        const names = Object.keys(alternative);
        if (names.length === 0) continue;
        const lacking = await missing(names, context);
        if (lacking.length === 0) return proofs(names, context);
        wanted.push(lacking.join(', ').replaceAll(', or ', ' or '));
      }
      if (wanted.length === 0 || alternatives.some((alternative) => Object.keys(alternative).length === 0)) return [];
      throw new ToolError(
        'The credentials for this call are not set.',
        `Needed: ${[...new Set(wanted)].join('; or: ')}. Variables are set for this server, which is then restarted.${callersWay(context)}`,
      );
    },
  };

  function callersWay({ header }: ApiContext): string {
    return passCredentials && header !== undefined
      ? ' A caller may send its own in X-API-Authorization or X-API-Key.'
      : '';
  }

  /** The caller's own: an alternative that it gives a part of, the rest from the environment; or just its header. */
  async function passed(
    alternatives: readonly Readonly<Record<string, readonly string[]>>[],
    context: ApiContext,
  ): Promise<Proof[] | undefined> {
    for (const alternative of alternatives) {
      const names = Object.keys(alternative);
      const keys = names.filter((name) => known(security, name)?.type === 'apiKey');
      const given = names.map((name) => {
        const scheme = known(security, name);
        return scheme && passedFor(scheme, keys.length === 1, context);
      });
      const others = names.filter((_, index) => given[index] === undefined);
      if (others.length === names.length || (await missing(others, context)).length > 0) continue;
      return [...(await proofs(others, context)), ...given.filter((proof) => proof !== undefined)];
    }
    const whole = passedWhole(context);
    return whole && [whole];
  }
}

function known(security: Readonly<Record<string, SecurityScheme>>, name: string): SecurityScheme | undefined {
  return Object.hasOwn(security, name) ? security[name] : undefined;
}
