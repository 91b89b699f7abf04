import type { ApiOptions } from '../../../spec/index.ts';
import { CrafterError } from '../../../errors.ts';
import { readDocument } from './index.ts';
import type { ApiDocument, JsonObject } from './index.ts';
import { pointedTo } from './tree.ts';

/** A document in YAML or as an object, read. */
export const read = (document: string | object, options: ApiOptions = {}): ApiDocument =>
  readDocument(typeof document === 'string' ? document : JSON.stringify(document), options);

/** What stands at a pointer of the tree that a document becomes. */
export const at = (document: ApiDocument | JsonObject, pointer: string): unknown =>
  pointedTo('root' in document ? document.root : document, pointer);

/** The words of all remarks. */
export const told = ({ remarks }: ApiDocument): string =>
  remarks.map(({ where, what }) => `${where} ${what}`).join('\n');

export function refusal(run: () => unknown): CrafterError {
  try {
    run();
  } catch (error) {
    if (error instanceof CrafterError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

/** A whole document around the paths given. */
export const api = (paths: object, more: object = {}): object => ({
  openapi: '3.1.1',
  info: { title: 'Test', version: '1' },
  paths,
  ...more,
});
