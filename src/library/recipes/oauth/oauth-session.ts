import { openCodeFlow } from '#runtime/token-code.ts';
import { openTokenSession } from '#runtime/token-session.ts';
import { provideBearer } from '#shared/bearer.ts';
import { optionalSetting } from '#shared/settings.ts';
import { oauthConfig } from './oauth-endpoints.ts';

/** The server's one sign-in: its other tools use the token. */
export const session = openTokenSession(oauthConfig);

export const codeFlow = openCodeFlow(oauthConfig, session, 'OAUTH_REDIRECT_URI');

provideBearer({
  async token(context) {
    const signedOut = session.current() === undefined && optionalSetting(context, 'OAUTH_CLIENT_ID') === undefined;
    return signedOut ? undefined : session.token(context);
  },
  renew: (context, refused) => session.tokenAfter(refused, context),
});
