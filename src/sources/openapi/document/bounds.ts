import { CrafterError } from '../../../errors.ts';
import { invalidInput } from '../../../spec/index.ts';

/** Largest document with all it refers to, in bytes of UTF-8. */
const maxApiBytes = 32 * 1024 * 1024;

/** Deepest nesting; what real documents have is below 60. */
export const maxDepth = 200;

/** Nodes that aliases may make of a small text; a text without aliases never has more nodes than characters. */
const usualNodes = 500_000;

export const maxNodes = (text: string): number => Math.max(usualNodes, text.length);

/** @throws CrafterError INPUT_TOO_LARGE */
export function refuseLargeApi(bytes: number): void {
  if (bytes <= maxApiBytes) return;
  const size = `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const limit = `${maxApiBytes / 1024 / 1024} MB`;
  const remedy = 'Give the part of the API that the server needs as a document of its own.';
  throw new CrafterError('INPUT_TOO_LARGE', `The API document has ${size}; at most ${limit} are read.`, {
    hint: remedy,
    problems: [{ field: 'document', value: size, message: `larger than ${limit}`, remedy }],
  });
}

/** A document that cannot be read at all. */
export const refusedDocument = (field: string, message: string, remedy: string, value?: string): CrafterError =>
  invalidInput('API document', [{ field, message, remedy, ...(value === undefined ? {} : { value }) }]);

export const tooDeep = (place: string): CrafterError =>
  refusedDocument(place, `nested more than ${maxDepth} levels deep`, 'Flatten the document.');
