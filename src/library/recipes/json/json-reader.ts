import { ToolError } from '#runtime/errors.ts';
import { counter, fillDataset, type DatasetContext, type DatasetResult, type Value } from '#shared/dataset.ts';
import { datasetName } from '#shared/dataset-names.ts';
import { recordLists, recordOf, valueAt, type Records } from '#shared/nested.ts';
import { parseJson } from '#shared/parse-json.ts';
import { openText, wholeText } from '#shared/text-input.ts';

export interface ReadJsonInput {
  readonly path?: string;
  readonly text?: string;
  readonly encoding?: string;
  readonly dataset?: string;
  readonly records?: string;
  readonly flatten?: boolean;
}

export interface ReadJsonOutput extends DatasetResult {
  records: string;
  otherLists: string[];
}

/** Reads the records of a JSON document into a dataset. */
export async function readJson(args: ReadJsonInput, context: DatasetContext): Promise<ReadJsonOutput> {
  const input = await openText(args, context);
  const document = parseJson(await wholeText(input), input.name);
  const { chosen, others } = chooseRecords(document, args.records);
  const count = counter(context, `records of ${input.name} read`);
  const result = await fillDataset(context, args.dataset ?? datasetName(input.name), async (add) => {
    for (const item of chosen.items) {
      count();
      await add(recordOf(item, args.flatten ?? false));
    }
  });
  return { ...result, records: chosen.path, otherLists: others };
}

function chooseRecords(document: Value, wanted: string | undefined): { chosen: Records; others: string[] } {
  const lists = recordLists(document);
  const paths = lists.map((list) => list.path);
  if (wanted !== undefined) {
    const value = valueAt(document, wanted);
    if (value === undefined) {
      throw new ToolError(
        `There is nothing at “${wanted.slice(0, 100)}”.`,
        `Lists of records: ${paths.slice(0, 20).join(', ') || 'none'}.`,
      );
    }
    return { chosen: { path: wanted, items: Array.isArray(value) ? value : [value] }, others: [] };
  }
  if (Array.isArray(document)) return { chosen: { path: '', items: document }, others: [] };
  const [longest] = lists;
  if (longest) return { chosen: longest, others: paths.slice(1, 21) };
  return { chosen: { path: '', items: [document] }, others: [] };
}
