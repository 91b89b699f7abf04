import * as oauth from 'oauth4webapi';
import { ToolError } from '#runtime/errors.ts';

export function explained(error: unknown): ToolError {
  if (error instanceof ToolError) return error;
  if (error instanceof oauth.ResponseBodyError) {
    const why = (error.error_description ?? '').replace(/\s+/g, ' ').slice(0, 200);
    const said = `The sign-in was refused: ${error.error.slice(0, 60)}${why === '' ? '' : ` (${why})`}.`;
    if (error.error === 'invalid_grant')
      return new ToolError(
        said,
        'The code or refresh token is used up or expired: call with action `authorize` (or `connect`) again.',
      );
    if (error.error === 'invalid_scope')
      return new ToolError(said, 'Set OAUTH_SCOPE to scopes this client may ask for.');
    return new ToolError(
      said,
      'Check OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET, and that the client may use this grant.',
    );
  }
  if (error instanceof oauth.WWWAuthenticateChallengeError) {
    return new ToolError('The sign-in was refused (401).', 'Check OAUTH_CLIENT_ID and OAUTH_CLIENT_SECRET.');
  }
  const answered = error instanceof oauth.OperationProcessingError;
  return answered
    ? new ToolError(
        'The token endpoint did not answer as OAuth 2.0 asks.',
        'Check OAUTH_TOKEN_URL, or call again later when the provider has trouble.',
      )
    : new ToolError(
        'The token endpoint could not be reached.',
        'Check OAUTH_TOKEN_URL or OAUTH_ISSUER, and that its host is granted to this server.',
      );
}
