import type { loadOauth } from './token-endpoints.ts';
import type { TokenWords } from './token-settings.ts';
import { ToolError } from './errors.ts';
import { mask } from './mask.ts';

/** What a failed request for a token means to the caller; no token is ever in it. */
export function explainRefusal(
  error: unknown,
  words: TokenWords,
  oauth: Awaited<ReturnType<typeof loadOauth>>,
): ToolError {
  if (error instanceof ToolError) return error;
  const credentials = `Check ${words.clientId} and ${words.clientSecret}`;
  if (error instanceof oauth.ResponseBodyError) {
    const why = mask(error.error_description ?? '')
      .replace(/\s+/g, ' ')
      .slice(0, 200);
    const said = `The sign-in was refused: ${mask(error.error).slice(0, 60)}${why === '' ? '' : ` (${why})`}.`;
    if (error.error === 'invalid_grant')
      return new ToolError(said, `The code or refresh token is used up or expired: ${words.signIn} again.`);
    if (error.error === 'invalid_scope')
      return new ToolError(said, `This client may not ask for these scopes: check ${words.scope}.`);
    return new ToolError(said, `${credentials}, and that the client may use this grant.`);
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError)
    return new ToolError('The sign-in was refused (401).', `${credentials}.`);
  return error instanceof oauth.OperationProcessingError
    ? new ToolError(
        'The token endpoint did not answer as OAuth 2.0 asks.',
        `Check ${words.addresses}, or call again later when the provider has trouble.`,
      )
    : new ToolError(
        'The token endpoint could not be reached.',
        `Check ${words.addresses}, and that its host is granted to this server.`,
      );
}
