import { counter, fillDataset, type DatasetContext, type DatasetResult } from '#shared/dataset.ts';
import { datasetName } from '#shared/dataset-names.ts';
import { splitLines } from '#shared/lines.ts';
import { recordOf } from '#shared/nested.ts';
import { parseJson } from '#shared/parse-json.ts';
import { openText } from '#shared/text-input.ts';

export interface ReadJsonLinesInput {
  readonly path?: string;
  readonly text?: string;
  readonly encoding?: string;
  readonly dataset?: string;
  readonly flatten?: boolean;
}

export interface ReadJsonLinesOutput extends DatasetResult {
  problemCount: number;
  problems: { line: number; problem: string }[];
}

const shownProblems = 20;

/** Reads JSON Lines into a dataset; lines that are no JSON are left out and reported. */
export async function readJsonLines(args: ReadJsonLinesInput, context: DatasetContext): Promise<ReadJsonLinesOutput> {
  const input = await openText(args, context);
  const count = counter(context, `lines of ${input.name} read`);
  const problems: { line: number; problem: string }[] = [];
  let problemCount = 0;
  let line = 0;
  const result = await fillDataset(context, args.dataset ?? datasetName(input.name), async (add) => {
    for await (const text of splitLines(input.pieces())) {
      line += 1;
      count();
      if (text.trim() === '') continue;
      try {
        await add(recordOf(parseJson(text, `Line ${line}`), args.flatten ?? false));
      } catch (error) {
        if (!(error instanceof Error) || error.name !== 'ToolError') throw error;
        problemCount += 1;
        if (problems.length < shownProblems) problems.push({ line, problem: error.message });
      }
    }
  });
  return { ...result, problemCount, problems };
}
