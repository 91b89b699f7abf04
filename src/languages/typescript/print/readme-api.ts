import type { Blueprint, Tool } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';

/** Words as plain text in Markdown, and names as code. */
export interface Markup {
  text(words: string): string;
  code(name: string): string;
}

/** What a person has to know of a server that calls an API: where, as whom, what of it, how to have less. */
export function apiSection(blueprint: Blueprint, { text, code }: Markup): string[] {
  const { api, catalogue = [], name } = blueprint;
  if (api === undefined) return [];
  const [server] = api.servers;
  const operations = [...blueprint.tools, ...catalogue].filter(({ implementation }) => implementation.kind === 'http');
  const address =
    server === undefined || server.url === '' ? 'The document names no address' : `Calls ${code(server.url)}`;
  const move = server === undefined ? '' : `; ${code(server.variable)} sets another`;
  return [
    '## API',
    '',
    `${text(cut(api.title, 200))}, version ${text(api.version)}: ${count(operations.length)} operations, as data in ${code('src/api.json')}. ${address}${move}.`,
    ...(catalogue.length > 0 ? ['', groups(catalogue, text)] : []),
    '',
    ...(Object.keys(api.security).length > 0 ? [credentials, ''] : []),
    `Behind a proxy: ${code('NODE_USE_ENV_PROXY=1')} with ${code('HTTPS_PROXY')}. It then looks names up, and keeping private addresses from them is its part; which hosts are called is still this server's. A certificate of a private authority: ${code('NODE_EXTRA_CA_CERTS')} names its PEM file, in the environment that the server starts with (${code('.env')} is read too late).`,
    '',
    `Fewer operations: build again from the document with ${code('--tag')}, ${code('--path')}, ${code('--method')} or ${code('--operation')}. Other code for one: ${code(`mcp-crafter eject ${name} OPERATION`)}.`,
    '',
    `${code('npm test')} calls every operation against a stand-in for the API, with the document's examples where they fit, and judges the requests.`,
    '',
  ];
}

const credentials =
  'Credentials come from the environment, by the variables below; those of which one alternative is enough need not all be set.';

/** Operations that are not listed, by tag; those with most first. */
function groups(catalogue: readonly Tool[], text: Markup['text']): string {
  const counts = new Map<string, number>();
  for (const { implementation } of catalogue) {
    const [tag = 'others'] = implementation.kind === 'http' ? implementation.tags : [];
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  }
  const shown = [...counts].toSorted(([, a], [, b]) => b - a).slice(0, 40);
  const more = counts.size > shown.length ? ` and ${counts.size - shown.length} more groups` : '';
  return `Found by searching: ${shown.map(([tag, number]) => `${text(cut(tag, 60))} (${number})`).join(', ')}${more}.`;
}

const count = (value: number): string => value.toLocaleString('en-US');
