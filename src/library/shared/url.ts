import url from 'validator/lib/isURL.js';

/** Whether a text is a web address with http or https and a public host name. */
export function isWebAddress(text: string): boolean {
  return text.length <= 2_083 && url.default(text, { protocols: ['http', 'https'], require_protocol: true });
}
