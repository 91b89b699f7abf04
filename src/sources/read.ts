import { CrafterError } from '../errors.ts';
import { invalidInput, nearest, parseJson, sourceKinds } from '../spec/index.ts';
import type { Reading, Source, SourceKind, SourceOptions } from '../spec/index.ts';
import { blueprintSource } from './blueprint/index.ts';
import { contextSource } from './context/index.ts';
import { formSource } from './form/index.ts';

import { openapiSource } from './openapi/index.ts';
import { promptSource } from './prompt/index.ts';

/** Every way in, in the order in which a document is tried. */
export const sources: readonly Source[] = [openapiSource, blueprintSource, formSource, contextSource, promptSource];

/** Largest document read, in bytes of UTF-8. */
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
  refuseLarge(text);
  const clean = text.replace(/^\uFEFF/, '');
  if (clean.trim() === '')
    throw invalidInput('input', [
      { field: 'input', message: 'is empty', remedy: 'Give a description in plain words, a form or a context.' },
    ]);
  const kind = options.kind === undefined ? undefined : knownKind(options.kind);
  const value = kind === 'prompt' || !looksJson(clean) ? undefined : parseJson(clean);
  const source = kind === undefined ? recognize(clean, value) : sources.find((candidate) => candidate.kind === kind);
  if (source === undefined) throw unknownKind(value);
  if (value === undefined && source.kind !== 'prompt' && source.kind !== 'openapi') parseJson(clean);
  return source.read(clean, value, options);
}

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

function knownKind(word: string): SourceKind {
  const kind = sourceKinds.find((candidate) => candidate === word);
  if (kind !== undefined) return kind;
  const near = nearest(word, sourceKinds);
  const remedy = `${near === undefined ? '' : `Did you mean \`${near}\`? `}Kinds: ${sourceKinds.join(', ')}.`;
  throw new CrafterError('UNKNOWN_KIND', `\`${word.slice(0, 80)}\` is no kind of input.`, {
    hint: remedy,
    problems: [{ field: 'kind', value: word.slice(0, 80), message: 'unknown kind', remedy }],
  });
}

function unknownKind(value: unknown): CrafterError {
  const keys = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  if (keys.includes('plan') && (keys.includes('analysis') || keys.includes('request'))) {
    return new CrafterError('UNKNOWN_KIND', 'This is a plan, not a request.', {
      hint: 'Run it with `mcp-crafter execute FILE`.',
    });
  }
  if (keys.includes('workflow_name') || keys.includes('orchestration')) {
    return new CrafterError(
      'NOT_SUPPORTED',
      'Workflows of several servers (workflow_name, servers) are not part of this version.',
      { hint: 'Make each server of it from a form or a context of its own.' },
    );
  }
  const marks = ['server_name', 'custom_tools', 'taskId', 'requirements', 'expectedOutputs', 'openapi'];
  const meant = keys.flatMap((key) => nearest(key, marks) ?? []).at(0);
  const found = keys.length === 0 ? 'an array or a bare value' : `the fields ${keys.slice(0, 8).join(', ')}`;
  return new CrafterError('UNKNOWN_KIND', `The JSON is of no known kind: it has ${found}.`, {
    hint: `${meant === undefined ? '' : `Did you mean \`${meant}\`? `}A form has server_name and custom_tools, a context has requirements; --kind says it outright.`,
    problems: keys.slice(0, 8).map((key) => ({
      field: key,
      message: 'belongs to no known kind',
      remedy: 'See `mcp-crafter create --help` for the kinds.',
    })),
  });
}
