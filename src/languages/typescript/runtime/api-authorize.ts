import type { ApiContext } from './api-context.ts';
import type { Credentials } from './api-credentials.ts';
import type { ApiFile } from './api-file.ts';
import type { RunKind } from './api-tools.ts';
import { apiTokenConfig, redirectVariable } from './api-oauth.ts';
import { ToolError } from './errors.ts';
import { openCodeFlow, type CodeFlow } from './token-code.ts';

interface AuthorizeInput {
  readonly scheme?: string;
  readonly code?: string;
  readonly state?: string;
  readonly issuer?: string;
}

/** Runs the tool by which users sign in. */
export const authorizeTool: RunKind = ({ api, credentials }) => {
  const authorize = openAuthorize(api, credentials);
  return () => (args, context) => authorize(args as AuthorizeInput, context);
};

/** Signs users in: without a code it gives the address to open, with code and state it ends what was begun. */
function openAuthorize({ security = {} }: ApiFile, credentials: Credentials) {
  const flows = new Map<string, CodeFlow<ApiContext>>();
  const names = Object.entries(security)
    .filter(
      ([, { type, ...scheme }]) =>
        type === 'openIdConnect' || ('flow' in scheme && scheme.flow === 'authorizationCode'),
    )
    .map(([name]) => name);

  function flowOf(name: string): CodeFlow<ApiContext> {
    const scheme = security[name];
    if (!names.includes(name) || (scheme?.type !== 'oauth2' && scheme?.type !== 'openIdConnect'))
      throw new ToolError(
        `Nobody signs in by ${JSON.stringify(name.slice(0, 60))}.`,
        `Give one of ${names.join(', ')}.`,
      );
    const open =
      flows.get(name) ?? openCodeFlow(apiTokenConfig(name, scheme), credentials.session(name), redirectVariable);
    flows.set(name, open);
    return open;
  }

  return async (
    { scheme, code, state, issuer }: AuthorizeInput,
    context: ApiContext,
  ): Promise<Record<string, unknown>> => {
    const name =
      scheme ?? [...flows].find(([, flow]) => state !== undefined && flow.waitsFor(state))?.[0] ?? names[0] ?? '';
    const flow = flowOf(name);
    if (code === undefined) {
      const url = await flow.begin(context);
      return { status: 'waiting_for_user', scheme: name, authorization_url: url };
    }
    if (state === undefined) throw new ToolError('The state is missing.', 'Give it as it stands in the address.');
    await flow.complete(context, { code, state, ...(issuer !== undefined && { issuer }) });
    return {
      status: 'signed_in',
      scheme: name,
      kept_on_disk: credentials.session(name).current()?.keptOnDisk ?? false,
    };
  };
}
