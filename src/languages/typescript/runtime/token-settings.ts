import type { FetchContext, FolderContext, ToolContext } from './context.ts';

/** What asking for tokens uses. Folders are for keeping the sign-in over a restart. */
export type TokenContext = ToolContext & FetchContext & Partial<FolderContext>;

/** Who asks for tokens and where, as the environment says it now. */
export interface TokenSettings {
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Discovered from where the addresses below are absent. */
  readonly issuer?: URL;
  /** Discovery document, where its address is not made from the issuer's. */
  readonly discoveryUrl?: URL;
  readonly tokenUrl?: URL;
  readonly authorizationUrl?: URL;
  /** Where a sign-in on another device begins (RFC 8628). */
  readonly deviceUrl?: URL;
  /** Where a refresh token is traded, if not at the token address. */
  readonly refreshUrl?: URL;
  readonly redirectUri?: string;
  /** Scopes to ask for, separated by spaces. */
  readonly scope?: string;
  /** A refresh token given from outside. */
  readonly refreshToken?: string;
  /** The client may ask for tokens of its own, by client credentials (true). */
  readonly byClient?: boolean;
  /** Who is signed in by name and password (RFC 6749, 4.3). */
  readonly user?: { readonly username: string; readonly password: string };
  /** Passphrase that seals the refresh token on disk; without it nothing is written. */
  readonly storeKey?: string;
}

/** What to call things in messages: names of variables and of the way to sign in. */
export interface TokenWords {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Where the addresses come from. */
  readonly addresses: string;
  readonly scope: string;
  /** What to do to sign in as a user: `call authorize`. */
  readonly signIn: string;
}

export interface TokenConfig<Context extends TokenContext = TokenContext> {
  readonly words: TokenWords;
  /** File in the workspace that holds the sealed sign-in. */
  readonly file: string;
  /** @throws ToolError naming the variable that is missing or wrong. */
  settings(context: Context): TokenSettings;
  /** Sends a request of the sign-in; the context's own fetch unless given. */
  fetch?(context: Context, url: string, init: RequestInit): Promise<Response>;
}
