import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Answer } from './mock.ts';

/** What must arrive. Of what is left out nothing is required. */
export interface Expected {
  readonly method?: string;
  /** Path and query, exactly as on the wire. */
  readonly url: string;
  /** Text; `/pattern/`; null: must not be there. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly base64?: string;
  /** Without its prolog and the space between elements. */
  readonly xml?: string;
  /** Decoded pairs of a form. */
  readonly form?: readonly (readonly [string, string])[];
  readonly parts?: readonly ExpectedPart[];
  /** Another writing of the url or the XML that the specification allows too. */
  readonly or?: string;
}

export interface ExpectedPart {
  readonly name: string;
  /** Whether the part must have a file name. */
  readonly filename?: boolean;
  readonly type?: string;
  readonly text?: string;
  readonly base64?: string;
}

export interface OwnCall {
  /** `METHOD /path` as in the document. */
  readonly operation: string;
  readonly arguments?: Readonly<Record<string, unknown>>;
  /** Arguments by `place.name` of the parameter, where the argument's own name is not the matter. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly answer?: Answer;
  readonly request?: Expected;
  /** The call has to end with an error and, with `true`, without a request; a text must be in it. */
  readonly refused?: true | string;
  /** What the structured answer has to hold, at least. */
  readonly result?: Readonly<Record<string, unknown>>;
}

/** A document that shows one rule of the specification, and the requests that have to come out of it. */
export interface OwnCase {
  readonly name: string;
  /** The specification and the section that the expectations follow from. */
  readonly section: string;
  readonly document: Readonly<Record<string, unknown>>;
  /** Further files beside the document: relative path to text. */
  readonly files?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** Address given in the environment instead of in the document. */
  readonly baseUrl?: string;
  readonly serverVariables?: Readonly<Record<string, string>>;
  /** Names of the security schemes that have credentials; all when absent. */
  readonly credentials?: readonly string[];
  /** OAuth schemes get the client's id and secret instead of a token. */
  readonly oauth?: 'client';
  /** No server can be made; what is said matches this. */
  readonly fails?: string;
  readonly calls?: readonly OwnCall[];
}

export function readCases(): OwnCase[] {
  const folder = join(import.meta.dirname, 'cases');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => {
      const whole = parse(readFileSync(join(folder, name), 'utf8'), { maxAliasCount: -1 }) as Omit<OwnCase, 'name'>;
      return { ...whole, name: name.replace(/\.yaml$/, '') };
    });
}

/** The case with the mock's address in place of `{origin}` and `{host}`, and what every document must have filled in. */
export function atOrigin(one: OwnCase, origin: string): OwnCase {
  const text = JSON.stringify(one).replaceAll('{origin}', origin).replaceAll('{host}', new URL(origin).host);
  const placed = JSON.parse(text) as OwnCase;
  const { document } = placed;
  const servers = 'swagger' in document ? {} : { servers: document.servers ?? [{ url: origin }] };
  const paths = document.paths as Readonly<Record<string, Record<string, unknown>>> | undefined;
  return {
    ...placed,
    document: {
      ...document,
      info: document.info ?? { title: placed.name, version: '1.0.0' },
      ...servers,
      ...(paths === undefined ? {} : { paths: withResponses(paths) }),
    },
  };
}

const notMethods = new Set(['parameters', 'servers', 'additionalOperations', '$ref', 'summary', 'description']);

function withResponses(paths: Readonly<Record<string, Record<string, unknown>>>): object {
  const filled = (operation: unknown) => ({ responses: { 200: { description: 'OK' } }, ...(operation as object) });
  const all = (operations: object): object =>
    Object.fromEntries(
      Object.entries(operations).map(([key, value]) => {
        if (key === 'additionalOperations') return [key, all(value as object)];
        return [key, notMethods.has(key) ? value : filled(value)];
      }),
    );
  return Object.fromEntries(Object.entries(paths).map(([path, item]) => [path, all(item)]));
}
