import type { Json } from '../../../../spec/index.ts';
import { listOf, own, textOf } from '../tree.ts';
import type { Conversion } from './types.ts';

/** `host`, `basePath` and `schemes` as servers, https first; what is missing is taken from where the document comes from (Swagger 2.0, Swagger Object). */
export function serversOf(conversion: Conversion, given: Json | undefined = own(conversion.root, 'schemes')): Json[] {
  const { root } = conversion;
  const from = conversion.location === undefined ? null : URL.parse(conversion.location);
  const origin = from?.protocol.startsWith('http') === true ? from : undefined;
  const host = hostOf(conversion) ?? origin?.host;
  const base = (textOf(own(root, 'basePath')) ?? '').replace(/^(?=[^/])/, '/').replace(/\/+$/, '');
  if (host === undefined) return [{ url: base === '' ? '/' : base }];
  const schemes = schemesOf(given);
  const usual =
    origin === undefined || textOf(own(root, 'host')) !== undefined ? 'https' : origin.protocol.slice(0, -1);
  return (schemes.length === 0 ? [usual] : schemes).map((scheme) => ({ url: `${scheme}://${host}${base}` }));
}

/** The servers of an operation that has schemes of its own; undefined when they lead to the same first one. */
export function operationServers(conversion: Conversion, schemes: Json | undefined): Json[] | undefined {
  if (schemesOf(schemes).length === 0) return undefined;
  const usual = schemesOf(own(conversion.root, 'schemes'))[0];
  return usual === undefined || schemesOf(schemes).includes(usual) ? undefined : serversOf(conversion, schemes);
}

/** Web sockets are not called over HTTP. */
const schemesOf = (given: Json | undefined): string[] =>
  ['https', 'http'].filter((scheme) => listOf(given).some((one) => textOf(one)?.toLowerCase() === scheme));

function hostOf(conversion: Conversion): string | undefined {
  const host = textOf(own(conversion.root, 'host'))?.trim();
  if (host === undefined || host === '') return undefined;
  const bare = host.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/s, '');
  if (bare !== host)
    conversion.remark({
      where: '#/host',
      what: 'A host has neither a scheme nor a path; they were dropped.',
      action: 'mended',
      overlay: { target: '$', update: { host: bare } },
    });
  return bare;
}
