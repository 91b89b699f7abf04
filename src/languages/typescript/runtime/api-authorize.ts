import { variable, type ApiContext } from './api-context.ts';
import type { Credentials } from './api-credentials.ts';
import type { ApiFile, OauthScheme, OpenIdScheme } from './api-file.ts';
import type { RunKind } from './api-tools.ts';
import { apiTokenConfig, redirectVariable, storeKeyVariable } from './api-oauth.ts';
import { ToolError } from './errors.ts';
import { isByUser } from './api-scheme.ts';
import { openCodeFlow, type CodeFlow } from './token-code.ts';
import { openDeviceFlow, type DeviceFlow } from './token-device.ts';

interface AuthorizeInput {
  readonly scheme?: string;
  readonly code?: string;
  readonly state?: string;
  readonly issuer?: string;
}

type Config = ReturnType<typeof apiTokenConfig>;

/** Runs the tool by which users sign in. */
export const authorizeTool: RunKind = ({ api, credentials }) => {
  const authorize = openAuthorize(api, credentials);
  return () => (args, context) => authorize(args as AuthorizeInput, context);
};

/** Signs users in: without a code it gives the address to open, with code and state, or asked again, it ends what was begun. */
function openAuthorize({ security = {} }: ApiFile, credentials: Credentials) {
  const flows = new Map<string, CodeFlow<ApiContext>>();
  const devices = new Map<string, DeviceFlow<ApiContext>>();
  const names = Object.entries(security)
    .filter(([, scheme]) => isByUser(scheme))
    .map(([name]) => name);

  function schemeOf(name: string): OauthScheme | OpenIdScheme {
    const scheme = names.includes(name) ? security[name] : undefined;
    if (scheme?.type === 'oauth2' || scheme?.type === 'openIdConnect') return scheme;
    throw new ToolError(`Nobody signs in by ${JSON.stringify(name.slice(0, 60))}.`, `Give one of ${names.join(', ')}.`);
  }

  function opened<Flow>(flows: Map<string, Flow>, name: string, open: () => Flow): Flow {
    const flow = flows.get(name) ?? open();
    flows.set(name, flow);
    return flow;
  }

  async function onDevice(name: string, config: Config, context: ApiContext): Promise<Record<string, unknown>> {
    const flow = opened(devices, name, () => openDeviceFlow(config, credentials.session(name)));
    const prompt = await flow.next(context);
    if (prompt === undefined) return signedIn(name);
    const how = 'The user opens the address and enters the code; then call authorize again.';
    return { status: 'waiting_for_user', scheme: name, ...prompt, how };
  }

  const codeFlow = (name: string, config: Config) =>
    opened(flows, name, () => openCodeFlow(config, credentials.session(name), redirectVariable));

  /** The scheme of a sign-in that was begun with this state. */
  async function waitingFor(context: ApiContext, state: string | undefined): Promise<string | undefined> {
    if (state === undefined || names.length < 2) return undefined;
    for (const name of names) {
      // A scheme whose client is not set has begun nothing.
      const waits = codeFlow(name, apiTokenConfig(name, schemeOf(name))).waitsFor(context, state);
      if (await waits.catch(() => false)) return name;
    }
    return undefined;
  }

  const signedIn = (name: string) => ({
    status: 'signed_in',
    scheme: name,
    kept_on_disk: credentials.session(name).current()?.keptOnDisk ?? false,
  });

  return async (
    { scheme, code, state, issuer }: AuthorizeInput,
    context: ApiContext,
  ): Promise<Record<string, unknown>> => {
    const name = scheme ?? (await waitingFor(context, state)) ?? names[0] ?? '';
    const given = schemeOf(name);
    const config = apiTokenConfig(name, given);
    if (given.type === 'oauth2' && given.flow === 'deviceAuthorization') return onDevice(name, config, context);
    const flow = codeFlow(name, config);
    if (code === undefined) {
      const url = await flow.begin(context);
      const how = `The user opens the address; then call authorize with code and state of the address they are sent back to.${keptBy(context)}`;
      return { status: 'waiting_for_user', scheme: name, authorization_url: url, how };
    }
    if (state === undefined) throw new ToolError('The state is missing.', 'Give it as it stands in the address.');
    await flow.complete(context, { code, state, ...(issuer !== undefined && { issuer }) });
    return signedIn(name);
  };
}

/** A server that was started for one call forgets what it holds. */
function keptBy(context: ApiContext): string {
  return variable(context, storeKeyVariable) === undefined
    ? ` Until then this server has to go on running: without ${storeKeyVariable} the sign-in is held in its memory alone.`
    : '';
}
