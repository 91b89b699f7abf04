import type { NapiConfig } from '@ast-grep/napi';
import { readdirSync, readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { finding } from '../../../spec/index.ts';
import { assetUrl } from '../../../util/index.ts';

const rule = z.strictObject({
  id: z.string(),
  type: z.string(),
  severity: finding.shape.severity,
  message: z.string(),
  suggestion: z.string(),
  /** Regular expressions on the whole file, the first without regard to case: looked at only where it is found and the second is not. */
  mentions: z.string().optional(),
  absent: z.string().optional(),
  rule: z.record(z.string(), z.unknown()),
  utils: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

export interface SourceRule extends Omit<z.infer<typeof rule>, 'mentions' | 'absent' | 'rule' | 'utils'> {
  readonly mentions?: RegExp;
  readonly absent?: RegExp;
  readonly matcher: NapiConfig;
}

let loaded: readonly SourceRule[] | undefined;

/** Every rule of rules/*.yml, in the order of file names. */
export function sourceRules(): readonly SourceRule[] {
  loaded ??= read();
  return loaded;
}

function read(): SourceRule[] {
  const folder = assetUrl('verify/checks/source_rules/rules/');
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .sort();
  return files.flatMap((name) => {
    const documents = parseAllDocuments(readFileSync(new URL(name, folder), 'utf8'));
    if (!Array.isArray(documents)) return [];
    return documents.map((document) => {
      const { mentions, absent, rule: matcher, utils, ...rest } = rule.parse(document.toJS());
      return {
        ...rest,
        ...(mentions !== undefined && { mentions: new RegExp(mentions, 'i') }),
        ...(absent !== undefined && { absent: new RegExp(absent) }),
        matcher: { rule: matcher, ...(utils && { utils }) } as NapiConfig,
      };
    });
  });
}
