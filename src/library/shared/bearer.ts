import type { FetchContext, FolderContext, SecretContext, ToolContext } from '#runtime/context.ts';

export type CallContext = ToolContext & FolderContext & FetchContext & SecretContext;

/** Where calls to the API get their access token from. */
export interface BearerSource {
  /** A token that is still good, or undefined when nobody has signed in. */
  token(context: CallContext): Promise<string | undefined>;
  /** A new token after the API refused this one, or undefined when there is no way to get one. */
  renew(context: CallContext, refused: string): Promise<string | undefined>;
}

let source: BearerSource | undefined;

/** Called once by the module that signs in; a server without one calls the API with its API key or nothing. */
export function provideBearer(provided: BearerSource): void {
  source = provided;
}

export function bearerSource(): BearerSource | undefined {
  return source;
}
