import { toCrafterError } from '../errors.ts';
import { invalidInput } from '../spec/index.ts';
import type { HostGrant } from '../spec/index.ts';
import { resolveReference } from '../util/index.ts';
import type { ApiInput } from './api-fields.ts';
import type { OperationWork } from './define.ts';

/** Most documents that are fetched for one. */
const maxDocuments = 50;

/** Most bytes of all of them. */
const maxBytes = 32 * 1024 * 1024;

/** Longest time for all that documents refer to, in milliseconds; what is not there by then counts as missing. */
const maxMs = 60_000;

interface Given extends ApiInput {
  readonly document?: string | undefined;
  readonly kind?: string | undefined;
  readonly prompt?: unknown;
  readonly form?: unknown;
  readonly context?: unknown;
  readonly custom_tools?: unknown;
  readonly allow_hosts?: readonly string[] | undefined;
}

/**
 * The input with what has to be fetched in it: the document behind `document_url`, and with `allow_remote_refs` those
 * that documents refer to by URL. One of these that cannot be had costs itself alone.
 * @throws CrafterError INVALID_INPUT when a document was given as well, and what fetching raises.
 */
export async function withFetched<Input extends Given>(
  input: Input,
  work: Pick<OperationWork, 'signal'>,
  referencesMs = maxMs,
): Promise<Input> {
  const { document_url: url, allow_remote_refs: remote } = input;
  if (url === undefined && remote !== true) return input;
  const fetch = await fetcher(input, work.signal);
  let filled: Input = input;
  if (url !== undefined) {
    refuseSecond(input);
    const { text, url: location } = await fetch(url);
    filled = {
      ...input,
      document_url: undefined,
      document: text,
      document_path: location,
      kind: input.kind ?? 'openapi',
    };
  }
  if (remote !== true || filled.document === undefined) return filled;
  return { ...filled, ...(await withReferences(filled, filled.document, { fetch, work, milliseconds: referencesMs })) };
}

type Fetch = (url: string, signal?: AbortSignal) => Promise<{ text: string; url: string }>;

/** Fetches until all together are too many or too large. */
async function fetcher(input: Given, signal: AbortSignal): Promise<Fetch> {
  const { fetchText } = await import('../runner/index.ts');
  const hosts = await hostsOf(input);
  let left = maxBytes;
  return async (url, until = signal) => {
    const fetched = await fetchText(url, { hosts, maxBytes: left, signal: until }).catch((error: unknown) => {
      // What was too large has been read up to there.
      if ((error as { code?: string }).code === 'INPUT_TOO_LARGE') left = 0;
      throw error;
    });
    left -= Buffer.byteLength(fetched.text);
    return fetched;
  };
}

/** Hosts the user named, which may be private ones: those of --allow-host and of --base-url. */
async function hostsOf(input: Given): Promise<HostGrant[]> {
  const { hostGrantOf } = await import('../sources/index.ts');
  const named = [...(input.allow_hosts ?? []), ...(input.base_url === undefined ? [] : [input.base_url])];
  return named.map((host) => hostGrantOf(host, 'allow_hosts')).filter((grant) => 'host' in grant);
}

interface Following {
  readonly fetch: Fetch;
  readonly work: Pick<OperationWork, 'signal'>;
  readonly milliseconds: number;
}

async function withReferences(
  input: Given,
  text: string,
  { fetch, work, milliseconds }: Following,
): Promise<Pick<Given, 'document_files' | 'document_missing'>> {
  const deadline = AbortSignal.any([work.signal, AbortSignal.timeout(milliseconds)]);
  const files: Record<string, string> = { ...input.document_files };
  const missing: Record<string, string> = { ...input.document_missing };
  const found = { document_files: files, document_missing: missing };
  const tried = new Set(Object.keys(files).concat(input.document_path ?? []));
  const pending: [location: string | undefined, text: string][] = [
    [input.document_path, text],
    ...Object.entries(files),
  ];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const [location, content] = next;
    for (const reference of await referencesIn(content)) {
      const url = resolveReference(reference, location);
      if (url === undefined || !/^https?:/.test(url) || tried.has(url) || tried.size >= maxDocuments) continue;
      if (deadline.aborted && !work.signal.aborted) return found;
      tried.add(url);
      const fetched = await fetch(url, deadline).catch((error: unknown) => {
        if (work.signal.aborted) throw error;
        missing[url] = reasonOf(error);
      });
      if (fetched === undefined) continue;
      files[url] = fetched.text;
      pending.push([url, fetched.text]);
    }
  }
  return found;
}

function reasonOf(error: unknown): string {
  const { message, hint } = toCrafterError(error);
  return `was not fetched. ${message} ${hint}`;
}

/** Other documents that an API document refers to, where a reference stands. */
export async function referencesIn(text: string): Promise<string[]> {
  return (await import('../sources/index.ts')).referencesIn(text);
}

function refuseSecond(input: Given): void {
  const second = (['document', 'prompt', 'form', 'context', 'custom_tools'] as const).find(
    (name) => input[name] !== undefined,
  );
  if (second === undefined) return;
  throw invalidInput('input', [
    { field: 'document_url', message: `was given beside ${second}`, remedy: 'Give one of them.' },
  ]);
}
