import { invalidInput } from '../spec/index.ts';
import type { HostGrant } from '../spec/index.ts';
import { externalReferences, resolveReference } from '../util/index.ts';
import type { ApiInput } from './api-fields.ts';
import type { OperationWork } from './define.ts';

/** Most documents that are fetched for one. */
const maxDocuments = 50;

/** Most bytes of all of them. */
const maxBytes = 32 * 1024 * 1024;

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
  return { ...filled, document_files: await withReferences(filled, filled.document, fetch) };
}

type Fetch = (url: string) => Promise<{ text: string; url: string }>;

/** Fetches until all together are too many or too large. */
async function fetcher(input: Given, signal: AbortSignal): Promise<Fetch> {
  const { fetchText } = await import('../runner/index.ts');
  const hosts = await hostsOf(input);
  let left = maxBytes;
  return async (url) => {
    const fetched = await fetchText(url, { hosts, maxBytes: left, signal });
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

async function withReferences(input: Given, text: string, fetch: Fetch): Promise<Record<string, string>> {
  const files: Record<string, string> = { ...input.document_files };
  const tried = new Set(Object.keys(files).concat(input.document_path ?? []));
  const pending: [location: string | undefined, text: string][] = [
    [input.document_path, text],
    ...Object.entries(files),
  ];
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    const [location, content] = next;
    for (const reference of externalReferences(content)) {
      const url = resolveReference(reference, location);
      if (url === undefined || !/^https?:/.test(url) || tried.has(url) || tried.size >= maxDocuments) continue;
      tried.add(url);
      const fetched = await fetch(url).catch((error: unknown) => {
        if ((error as { code?: string }).code === 'CANCELLED') throw error;
      });
      if (fetched === undefined) continue;
      files[url] = fetched.text;
      pending.push([url, fetched.text]);
    }
  }
  return files;
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
