import { parseJson } from '../../../spec/index.ts';
import type { ApiRemark, Json } from '../../../spec/index.ts';
import { cut } from '../../../util/index.ts';
import { refuseLargeApi } from './bounds.ts';
import { scanJson } from './json-scan.ts';
import { tidy } from './tidy.ts';
import { readYaml } from './yaml.ts';
import type { YamlReading } from './yaml.ts';

type Remark = (remark: ApiRemark) => void;

/** Keys that stand twice and are told one by one. */
const toldDoubles = 20;

/**
 * JSON or YAML text as a bounded JSON tree.
 * @throws CrafterError INPUT_TOO_LARGE, or INVALID_INPUT with line and column of broken syntax, or for what no document has.
 */
export function readTree(text: string, remark: Remark): Json {
  return storable(parsed(text, remark), text, remark);
}

/** Null characters and halves of surrogate pairs, as JSON.stringify writes them: no database and few programs take them. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

function storable(value: Json, text: string, remark: Remark): Json {
  if (text.isWellFormed() && !/\\(?:0|x00|u0000|U0{8}|ud[89a-f])/i.test(text)) return value;
  const given = JSON.stringify(value);
  const clean = given.replace(unstorable, '$1\\ufffd');
  if (clean === given) return value;
  remark({ where: '#', what: 'Null characters or broken ones in it were replaced.', action: 'mended' });
  return JSON.parse(clean) as Json;
}

function parsed(text: string, remark: Remark): Json {
  refuseLargeApi(Buffer.byteLength(text));
  const clean = text.replace(/^\uFEFF/, '');
  if (/^\s*[{[]/.test(clean)) return readJson(clean, remark);
  const { value, doubles, documents, shallow } = readYaml(clean);
  if (shallow.length > 0)
    remark({
      where: '#',
      what: `Not indented enough, and read all the same: line ${shallow.slice(0, toldDoubles).join(', ')}.`,
      action: 'mended',
    });
  if (documents > 1)
    remark({ where: '#', what: `Of ${documents} YAML documents in it the first is read.`, action: 'left_out' });
  return tidy(value, clean, doubles, remark);
}

function readJson(text: string, remark: Remark): Json {
  const doubles = scanJson(text, toldDoubles);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { value: flow, doubles: keys } = readFlow(text);
    remark({ where: '#', what: 'Not JSON as it stands; it was read as YAML.', action: 'noticed' });
    return tidy(flow, text, keys, remark);
  }
  for (const { line, key } of doubles)
    remark({
      where: '#',
      what: `Line ${line}: the key ${cut(key, 100)} stands twice; the last one holds.`,
      action: 'mended',
    });
  // The key may be written with escapes of its letters, too.
  return /__proto__|\\u00(?:5f|6f|7[024])/i.test(text) ? tidy(value, text, new Map(), remark) : (value as Json);
}

/** Comments, trailing commas and bare keys are YAML; what is neither is told as JSON, which its author meant. */
function readFlow(text: string): YamlReading {
  try {
    return readYaml(text);
  } catch (error) {
    parseJson(text);
    throw error;
  }
}
