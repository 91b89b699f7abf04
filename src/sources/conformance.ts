import { describe, expect, it } from 'vitest';
import { request } from '../spec/index.ts';
import type { Source } from '../spec/index.ts';
import { sha256 } from '../util/index.ts';
import { sources } from './read.ts';

/** What every source keeps to; the test of a new one is `sourceConformance(source, document)`, with a document of its kind. */
export function sourceConformance(source: Source, document: string): void {
  const value = valueOf(document);
  const read = (options = {}) => source.read(document, value, options);

  describe(`source ${source.kind} as every source`, () => {
    it('[HOUSE-8] is the first of all sources to recognise its kind of document', () => {
      expect(sources.find((candidate) => candidate.recognizes(document, value))?.kind).toBe(source.kind);
    });

    it('[HOUSE-8] reads it into a valid Request of its kind, the same each time', () => {
      const reading = read();
      expect(request.parse(reading.request)).toEqual(reading.request);
      expect(reading.request).toMatchObject({ kind: source.kind, digest: sha256(document) });
      expect(read()).toEqual(reading);
    });

    it('[HOUSE-8] takes name and grants of the command line into it', () => {
      const folder = { path: '/srv/data', access: 'read' as const };
      const host = { host: 'api.example.com', port: 443 };
      const { name, grants } = read({ name: 'given-name', folders: [folder], hosts: [host] }).request;
      expect(name).toBe('given-name');
      expect(grants.folders).toContainEqual(folder);
      expect(grants.hosts).toContainEqual(expect.objectContaining(host));
    });

    it('[HOUSE-8] refuses a name with a path in it', () => {
      expect(() => read({ name: '../elsewhere' })).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
    });
  });
}

/** What every source without a reader keeps to: its documents are recognised and refused clearly. */
export function refusedSource(source: Source, document: string): void {
  it(`[HOUSE-8] source ${source.kind} is recognised, and refused with a way that works`, () => {
    expect(sources.find((candidate) => candidate.recognizes(document, valueOf(document)))?.kind).toBe(source.kind);
    const refusal = { code: 'NOT_SUPPORTED', hint: expect.stringMatching(/^.{20,}\.$/) };
    expect(() => source.read(document, valueOf(document), {})).toThrow(expect.objectContaining(refusal));
  });
}

/** As readers get it: parsed when it is JSON. */
function valueOf(document: string): unknown {
  return /^\s*[[{]/.test(document) ? JSON.parse(document) : undefined;
}
