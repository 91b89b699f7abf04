import { setTimeout as sleep } from 'node:timers/promises';
import { ToolError } from './errors.ts';
import { hide } from './mask.ts';
import { endpoints, loadOauth, requestOptions } from './token-endpoints.ts';
import { explainRefusal } from './token-refusal.ts';
import { begunFile, keepSealed, keptSealed } from './token-seal.ts';
import type { TokenSession } from './token-session.ts';
import type { TokenConfig, TokenContext } from './token-settings.ts';

/** What the user has to do: open an address, on any device, and enter a code there. */
export interface DevicePrompt {
  readonly verification_uri: string;
  /** The same with the code in it, where the provider offers that. */
  readonly verification_uri_complete?: string;
  readonly user_code: string;
}

/** A sign-in on another device (RFC 8628), one at a time. */
export interface DeviceFlow<Context extends TokenContext = TokenContext> {
  /** Begins, or asks whether the user is done. Nothing when signed in. @throws ToolError when refused or too late. */
  next(context: Context): Promise<DevicePrompt | undefined>;
}

interface Begun {
  readonly prompt: DevicePrompt;
  /** Leaves the process only sealed. */
  readonly deviceCode: string;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** Milliseconds between two questions. */
  pause: number;
  asked: number;
}

export function openDeviceFlow<Context extends TokenContext>(
  config: TokenConfig<Context>,
  session: TokenSession<Context>,
): DeviceFlow<Context> {
  let begun: Begun | undefined;

  /** Whether the user is done; waits first where the provider was asked a moment ago. */
  async function isDone(context: Context, waiting: Begun): Promise<boolean> {
    const early = waiting.asked + waiting.pause - Date.now();
    if (early > 0) await sleep(early, undefined, { signal: context.signal });
    waiting.asked = Date.now();
    let pending = false;
    const answered = session.redeem(context, async ({ server, client: id, proof }, options, client) => {
      const response = await client.deviceCodeGrantRequest(server, id, proof, waiting.deviceCode, options);
      return client.processDeviceCodeResponse(server, id, response).catch((error: unknown) => {
        const code = error instanceof client.ResponseBodyError ? error.error : '';
        pending = code === 'authorization_pending' || code === 'slow_down';
        if (code === 'slow_down') waiting.pause += 5000;
        throw error;
      });
    });
    return answered.then(
      () => true,
      (error: unknown) => {
        if (pending) return false;
        return keep(context, undefined).then(() => {
          throw error;
        });
      },
    );
  }

  /** With a key it outlives the process. */
  async function keep(context: Context, next: Begun | undefined): Promise<void> {
    begun = next;
    await keepSealed(context, begunFile(config.file), config.settings(context).storeKey, next ?? null);
  }

  return {
    async next(context) {
      const { storeKey } = config.settings(context);
      const waiting = begun ?? (await keptSealed<Begun | null>(context, begunFile(config.file), storeKey)) ?? undefined;
      if (waiting === undefined || waiting.until < Date.now()) {
        const anew = await begin(config, context);
        await keep(context, anew);
        return anew.prompt;
      }
      begun = waiting;
      if (!(await isDone(context, waiting))) return waiting.prompt;
      await keep(context, undefined);
      return undefined;
    },
  };
}

async function begin<Context extends TokenContext>(config: TokenConfig<Context>, context: Context): Promise<Begun> {
  const settings = config.settings(context);
  const client = await loadOauth();
  const { server, client: id, proof } = await endpoints(config, settings, context);
  if (server.device_authorization_endpoint === undefined)
    throw new ToolError('There is no address to begin a sign-in at.', `Set ${config.words.addresses}.`);
  try {
    const options = await requestOptions(config, context, server.device_authorization_endpoint);
    const parameters: Record<string, string> = settings.scope === undefined ? {} : { scope: settings.scope };
    const response = await client.deviceAuthorizationRequest(server, id, proof, parameters, options);
    const given = await client.processDeviceAuthorizationResponse(server, id, response);
    hide('device code', given.device_code);
    const { verification_uri, verification_uri_complete: complete, user_code, interval = 5 } = given;
    return {
      prompt: { verification_uri, user_code, ...(complete !== undefined && { verification_uri_complete: complete }) },
      deviceCode: given.device_code,
      until: Date.now() + given.expires_in * 1000,
      pause: interval * 1000,
      asked: Date.now(),
    };
  } catch (error) {
    throw context.signal.aborted ? error : explainRefusal(error, config.words, client);
  }
}
