import { ResourceNotFoundError, type ReadResourceResult, type Server } from '@modelcontextprotocol/server';
import { png } from './tools.ts';

type Contents = ReadResourceResult['contents'][number];

const resources: readonly (Contents & { readonly name: string })[] = [
  { name: 'static-text', uri: 'test://static-text', mimeType: 'text/plain', text: 'The content of the text resource.' },
  { name: 'static-binary', uri: 'test://static-binary', mimeType: 'image/png', blob: png },
  { name: 'watched-resource', uri: 'test://watched-resource', mimeType: 'text/plain', text: 'Watched.' },
];
const template = /^test:\/\/template\/([^/]+)\/data$/;

function read(uri: string): Contents {
  const id = template.exec(uri)?.[1];
  if (id !== undefined) {
    const text = JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` });
    return { uri, mimeType: 'application/json', text };
  }
  const found = resources.find((resource) => resource.uri === uri);
  if (found === undefined) throw new ResourceNotFoundError(uri);
  const { name: _, ...contents } = found;
  return contents;
}

/** Resources of each kind with subscriptions; generated servers have files only, through the runtime's own handlers. */
export function offerResources(server: Server): void {
  server.setRequestHandler('resources/list', () => ({
    resources: resources.map(({ name, uri, mimeType }) => ({ name, uri, mimeType })),
  }));
  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [{ name: 'template', uriTemplate: 'test://template/{id}/data', mimeType: 'application/json' }],
  }));
  server.setRequestHandler('resources/read', ({ params }) => ({ contents: [read(params.uri)] }));
  server.setRequestHandler('resources/subscribe', () => ({}));
  server.setRequestHandler('resources/unsubscribe', () => ({}));
}
