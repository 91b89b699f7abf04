import { CrafterError } from '../errors.ts';
import { invalidInput, parseJson } from '../spec/index.ts';
import type { ApiOptions, Reading, Source, SourceOptions } from '../spec/index.ts';
import { blueprintSource } from './blueprint/index.ts';
import { contextSource } from './context/index.ts';
import { formSource } from './form/index.ts';
import { openapiSource } from './openapi/index.ts';
import { refuseOtherDocument } from './other-document.ts';
import { promptSource } from './prompt/index.ts';
import { knownKind, unknownKind } from './unknown-kind.ts';

/** Every way in, in the order in which a document is tried. */
export const sources: readonly Source[] = [openapiSource, blueprintSource, formSource, contextSource, promptSource];

/** Largest document of other kinds than openapi, in bytes of UTF-8; API documents have a limit of their own. */
const maxInputBytes = 5 * 1024 * 1024;

export interface ReadOptions extends SourceOptions {
  /** Overrides recognition. */
  readonly kind?: string;
}

/**
 * Reads a document of any kind into a Request. The kind is recognised from the content unless given.
 * @throws CrafterError INPUT_TOO_LARGE, INVALID_INPUT (one problem a field), UNKNOWN_KIND, NOT_SUPPORTED.
 */
export function readRequest(text: string, options: ReadOptions = {}): Reading {
  const kind = options.kind === undefined ? undefined : knownKind(options.kind);
  const clean = text.replace(/^\uFEFF/, '');
  if (kind === 'openapi' || (kind === undefined && openapiSource.recognizes(clean, undefined)))
    return openapiSource.read(clean, undefined, options);
  refuseLarge(text);
  if (options.api !== undefined) refuseApiOptions(options.api);
  if (clean.trim() === '')
    throw invalidInput('input', [
      { field: 'input', message: 'is empty', remedy: 'Give a description in plain words, a form or a context.' },
    ]);
  const value = kind === 'prompt' || !looksJson(clean) ? undefined : parseJson(clean);
  const source = kind === undefined ? recognize(clean, value) : sources.find((candidate) => candidate.kind === kind);
  if (source === undefined) throw unknownKind(value);
  if (kind === undefined && source.kind === 'prompt') refuseOtherDocument(clean);
  if (value === undefined && source.kind !== 'prompt') parseJson(clean);
  return source.read(clean, value, options);
}

/**
 * What only goes with an API document is never ignored beside another.
 * @throws CrafterError INVALID_INPUT naming each.
 */
function refuseApiOptions(api: ApiOptions): void {
  const remedy = 'Leave it out, or give an OpenAPI document (--openapi FILE says that it is one).';
  const problems = Object.entries(api)
    .filter(([field, value]) => value !== undefined && !['location', 'files', 'missing'].includes(field))
    .map(([field]) => ({ field: apiFields[field] ?? field, message: 'goes with an OpenAPI document only', remedy }));
  if (problems.length > 0) throw invalidInput('input', problems);
}

/** Inputs by the option that they become, where the two have different names. */
const apiFields: Readonly<Record<string, string>> = {
  baseUrl: 'base_url',
  budget: 'max_tools, max_tokens',
  skipDeprecated: 'skip_deprecated',
  passCredentials: 'pass_credentials',
  readOnly: 'read_only',
};

function recognize(text: string, value: unknown): Source | undefined {
  return sources.find((source) => source.recognizes(text, value));
}

/** What starts like an object or an array is JSON, broken or not; nobody begins a wish so. */
const looksJson = (text: string): boolean => /^\s*(?:\{|\[\s*[[{"\d\]])/.test(text);

function refuseLarge(text: string): void {
  const bytes = Buffer.byteLength(text);
  if (bytes <= maxInputBytes) return;
  const size = `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  const remedy =
    'Give what should be built, not the data: files are read later by the tools, from a folder granted with --folder.';
  throw new CrafterError('INPUT_TOO_LARGE', `The input has ${size}; at most 5 MB are read.`, {
    hint: remedy,
    problems: [{ field: 'input', value: size, message: 'larger than 5 MB', remedy }],
  });
}
