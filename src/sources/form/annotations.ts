import type { Annotations } from '../../spec/index.ts';
import { words } from '../../util/index.ts';

const reading = new Set(
  'get list read search find fetch query lookup look show check count describe analyze analyse calculate compute convert format validate parse compare summarize summarise preview estimate echo add subtract multiply divide hash encode decode translate generate greet'.split(
    ' ',
  ),
);
const destroying = new Set(
  'delete remove drop purge clear erase destroy overwrite reset truncate cancel revoke'.split(' '),
);
const settling = new Set('set put replace upsert sync delete remove clear reset'.split(' '));

const writesFiles =
  /\b(writeText|toWrite|writeFile(Sync)?|appendFile(Sync)?|unlink(Sync)?|rm(Sync)?|rename(Sync)?|mkdir(Sync)?|createWriteStream|copyFile(Sync)?)\s*\(/;
const callsOut = /\bfetch\s*\(|node:(https?|net|tls|dgram)|\b(axios|got|undici|ky)\b|\bWebSocket\b/;
const changesOut = /\bmethod\s*:\s*['"`](post|put|patch|delete)['"`]|\.(post|put|patch|delete)\s*\(/i;
const otherEffects = /\bnode:(child_process|worker_threads|sqlite)\b|\bexec(Sync|File)?\s*\(|\bspawn(Sync)?\s*\(/;
const keepsState = /\bglobalThis\b|\bprocess\.env\.[A-Za-z_]+\s*=[^=]/;

/**
 * What a tool does to the world, read from its code first and its name second: code that writes is never
 * called read-only, whatever the name says. Verification proves it by running read-only tools on a read-only workspace.
 */
export function inferAnnotations(name: string, code: string | undefined): Annotations {
  const verb = words(name).find((word) => reading.has(word) || destroying.has(word) || settling.has(word)) ?? '';
  const source = code ?? '';
  const touches =
    writesFiles.test(source) || changesOut.test(source) || otherEffects.test(source) || keepsState.test(source);
  const readOnly = code === undefined ? reading.has(verb) : !touches && !destroying.has(verb);
  return {
    readOnlyHint: readOnly,
    destructiveHint:
      !readOnly && (destroying.has(verb) || /\b(unlink|rm)(Sync)?\s*\(|['"`]delete['"`]|\.delete\s*\(/i.test(source)),
    idempotentHint: readOnly || settling.has(verb),
    openWorldHint: callsOut.test(source),
  };
}
