import type { ApiContext } from './api-context.ts';
import type { ApiFile, HttpCall, OauthScheme, OpenIdScheme, SecurityScheme } from './api-file.ts';
import { apiTokenConfig } from './api-oauth.ts';
import { authorization, missingFor, proofOf, type Proof } from './api-scheme.ts';
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

/** Header of the caller's own request whose value is passed on as Authorization, where that is switched on. */
const passedHeader = 'x-api-authorization';

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
      const passed = passCredentials ? context.header?.(passedHeader) : undefined;
      if (passed !== undefined) return [...(await besides(alternatives, context)), authorization(passed)];
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
        `Needed: ${[...new Set(wanted)].join('; or: ')}. Variables are set for this server, which is then restarted.`,
      );
    },
  };

  /** What has to go with the caller's own token: the other schemes of an alternative that has one for Authorization. */
  async function besides(
    alternatives: readonly Readonly<Record<string, readonly string[]>>[],
    context: ApiContext,
  ): Promise<Proof[]> {
    for (const alternative of alternatives) {
      const names = Object.keys(alternative);
      const others = names.filter((name) => !usesAuthorization(known(security, name)));
      if (others.length > 0 && others.length < names.length && (await missing(others, context)).length === 0)
        return proofs(others, context);
    }
    return [];
  }
}

function known(security: Readonly<Record<string, SecurityScheme>>, name: string): SecurityScheme | undefined {
  return Object.hasOwn(security, name) ? security[name] : undefined;
}

function usesAuthorization(scheme: SecurityScheme | undefined): boolean {
  if (scheme?.type === 'apiKey') return scheme.in === 'header' && scheme.name.toLowerCase() === 'authorization';
  return scheme !== undefined && scheme.type !== 'mutualTLS';
}
