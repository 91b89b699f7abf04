import { randomBytes, timingSafeEqual, createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { hide } from './mask.ts';

/** Answers 401 to requests without the token and says whether a request may pass. */
export function bearerGuard(
  given: string | undefined,
): (request: IncomingMessage, response: ServerResponse) => boolean {
  const token = given || randomBytes(24).toString('base64url');
  if (!given)
    process.stderr.write(
      `${JSON.stringify({ time: new Date().toISOString(), level: 'info', message: 'MCP_TOKEN is not set; made one up', token })}\n`,
    );
  hide('MCP_TOKEN', token);
  const expected = digest(`Bearer ${token}`);
  return (request, response) => {
    if (timingSafeEqual(digest(request.headers.authorization ?? ''), expected)) return true;
    response.writeHead(401, { 'content-type': 'application/json', 'www-authenticate': 'Bearer' });
    response.end(
      JSON.stringify({
        jsonrpc: '2.0',
        id: null,
        error: { code: -32_001, message: 'Send the header Authorization: Bearer <token>' },
      }),
    );
    return false;
  };
}

/** Of equal length whatever came in, so that comparing takes the same time. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
