import { kebabCase } from '../../../util/index.ts';
import { isObject, own, text } from './json.ts';
import type { JsonObject } from './json.ts';
import { compact } from './text.ts';

export interface Identity {
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly intent: string;
}

/** Name and purpose of the server, from `info`. A name that the user gave is taken as it was checked. */
export function identityOf(root: JsonObject, given: string | undefined): Identity {
  const info = own(root, 'info');
  const said = (key: string): unknown => (isObject(info) ? own(info, key) : undefined);
  const title = compact(text(said('title')), 120) || 'API';
  const summary = compact(text(said('summary')), 200);
  const description = compact(text(said('description')), 400);
  const version = compact(String(said('version') ?? ''), 100) || '1.0.0';
  const about = [summary, description].filter((words) => words !== '').join(' ');
  return { name: given ?? nameOf(title), title, version, intent: about === '' ? title : `${title}: ${about}` };
}

/** `Swagger Petstore - OpenAPI 3.0` is swagger-petstore: at most 40 characters, whole words, without the document's own kind. */
function nameOf(title: string): string {
  const plain = kebabCase(
    title
      .replace(/['’]s?\b/g, '')
      .replace(/\b(?:open\s?api|swagger)\s*(?:v?\d[\d.]*|specification|spec|document)\b/gi, ' ')
      .replace(/\b(?:documentation|reference|specification|docs)\b/gi, ' ')
      .replace(/\bv?\d+(?:\.\d+)+\b/g, ' '),
  );
  const words = plain
    .replace(/^[^a-z]+/, '')
    .split('-')
    .filter((word) => word !== '');
  let name = '';
  for (const word of words) {
    const longer = name === '' ? word.slice(0, 40) : `${name}-${word}`;
    if (longer.length > 40) break;
    name = longer;
  }
  return name === '' ? 'api-server' : name;
}
