import { encode, isAbsent } from './api-encode.ts';
import type { HttpCall } from './api-file.ts';
import { styledPairs, styledText } from './api-style.ts';
import { contentText } from './api-url.ts';
import { ToolError } from './errors.ts';

/** Headers that belong to the connection; a document that declares one as a parameter cannot have it sent. */
const connectionHeaders = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
]);

/** Adds the header and cookie parameters of a call. @throws ToolError for a value with a line break. */
export function addHeaders(
  headers: Headers,
  { parameters = [] }: HttpCall,
  args: Readonly<Record<string, unknown>>,
): void {
  const cookies: string[] = [];
  for (const parameter of parameters) {
    const value = args[parameter.argument];
    if (isAbsent(value)) continue;
    const { name, content } = parameter;
    if (parameter.in === 'header' && !connectionHeaders.has(name.toLowerCase())) {
      const text = content === undefined ? styledText(parameter, value, asItIs) : contentText(content, value);
      headers.set(name, headerValue(name, text));
    }
    if (parameter.in === 'cookie') {
      const pairs: [string, string][] =
        content === undefined
          ? styledPairs(parameter, value, parameter.style === 'cookie' ? cookieText : encode)
          : [[name, encode(contentText(content, value))]];
      cookies.push(...pairs.map(([key, text]) => `${key}=${text}`));
    }
  }
  if (cookies.length > 0) addCookies(headers, cookies);
}

export function addCookies(headers: Headers, cookies: readonly string[]): void {
  const present = headers.get('cookie');
  headers.set('cookie', [...(present === null ? [] : [present]), ...cookies].join('; '));
}

/** A header holds visible ASCII; other letters are percent-encoded, line breaks and other controls refused. */
export function headerValue(name: string, text: string): string {
  // oxlint-disable-next-line no-control-regex -- controls are what is looked for
  if (/[\u0000-\u0008\u000A-\u001F\u007F]/.test(text))
    throw new ToolError(`The value for the header ${name} holds a control character.`, 'Give it on one line.');
  return text.toWellFormed().replace(/[\u0080-\u{10FFFF}]+/gu, encodeURIComponent);
}

/** OpenAPI 3.2, style `cookie`: values come escaped; one that would begin another cookie is refused. */
function cookieText(text: string): string {
  if (text.includes(';'))
    throw new ToolError('A value for a cookie holds a semicolon, which would end it.', 'Give it percent-encoded.');
  return headerValue('Cookie', text);
}

function asItIs(text: string): string {
  return text;
}
