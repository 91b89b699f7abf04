import { list, own, text } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { compact } from '../text.ts';
import type { Out } from './types.ts';

/** Longest description of a property, in characters. */
const longest = 120;

/** Formats that are said in words, since validators do not know them or are stricter than their writers. */
const saidFormats =
  /^(?!u?int|float|double|decimal$|password$|binary$|byte$|string$|number$|boolean$|object$)[\w-]{2,30}$/;

/** The description, compact; with a format that is not checked and a short sample where nothing else shows the form. */
export function describe(raw: JsonObject, out: Out): void {
  const words = compact(text(own(raw, 'description')) || text(own(raw, 'title')), longest);
  const format = text(own(raw, 'format'));
  const said =
    format !== '' && out['format'] !== format && saidFormats.test(format) && out['type'] !== 'integer'
      ? `(${format})`
      : '';
  const full = [words, said].filter((part) => part !== '').join(' ');
  if (full !== '') out['description'] = full;
  const sample = own(raw, 'example') ?? list(own(raw, 'examples'))[0];
  if (
    typeof sample === 'string' &&
    sample !== '' &&
    sample.length <= 40 &&
    out['type'] === 'string' &&
    showsForm(out) &&
    compact(sample, 41) === sample
  )
    out['examples'] = [sample];
}

const showsForm = (out: Out): boolean =>
  out['enum'] === undefined &&
  out['const'] === undefined &&
  (out['format'] === undefined || out['pattern'] !== undefined);
