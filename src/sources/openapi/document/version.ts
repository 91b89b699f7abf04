import { CrafterError } from '../../../errors.ts';
import { refusedDocument } from './bounds.ts';
import { own } from './tree.ts';
import type { ApiDocument } from './types.ts';

export type WrittenVersion = '2.0' | ApiDocument['version'];

/**
 * The version a document is written in, by its own word (`openapi`, before that `swagger`); YAML may have made a number of it.
 * @throws CrafterError INVALID_INPUT when it is none, NOT_SUPPORTED for one that is not read.
 */
export function versionOf(root: unknown): WrittenVersion {
  const swagger = own(root, 'swagger');
  const word = own(root, 'openapi') ?? swagger ?? own(root, 'swaggerVersion');
  const text = typeof word === 'number' ? (Number.isInteger(word) ? `${word}.0` : String(word)) : word;
  if (typeof text !== 'string')
    throw refusedDocument(
      'openapi',
      'is missing',
      'An API document begins with `openapi: 3.1.1`, or `swagger: "2.0"`.',
    );
  const [, major, minor = '0'] = /^\s*v?(\d+)(?:\.(\d+)(?:[.-].*)?)?\s*$/s.exec(text) ?? [];
  if (major === '2') return '2.0';
  if (major === '3' && (minor === '0' || minor === '1' || minor === '2')) return `3.${minor}`;
  throw new CrafterError('NOT_SUPPORTED', `OpenAPI “${text.slice(0, 40)}” is not a version that is read.`, {
    hint: 'Convert the document to OpenAPI 3.1; 2.0, 3.0, 3.1 and 3.2 are read.',
    problems: [
      { field: 'openapi', value: text.slice(0, 40), message: 'unknown version', remedy: 'Use 2.0, 3.0, 3.1 or 3.2.' },
    ],
  });
}
