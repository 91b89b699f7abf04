import type { Blueprint, CheckCase, Example, Json, ServerAnswer, Tool, TrialServer } from '../../../spec/index.ts';
import { expectsError } from '../arguments.ts';
import { failed, passed, skipped } from '../style.ts';

/** A call whose input can be made larger without changing its meaning. */
interface Growable {
  readonly tool: Tool;
  readonly arguments: { readonly [key: string]: Json };
  readonly file: string;
  readonly text: string;
}

/** A file of exactly the limit is accepted, in time; one byte more is refused with a word about it. */
export async function limitOfInput(server: TrialServer, blueprint: Blueprint): Promise<CheckCase[]> {
  const { maxInputBytes, maxSeconds } = blueprint.limits;
  if (maxInputBytes === undefined && maxSeconds === undefined) return [];
  const call = blueprint.tools.flatMap(growable)[0];
  if (!call)
    return [
      skipped('No tool has an example with a file, so the limit of input could not be tried.', { case: 'input' }),
    ];
  const most = maxInputBytes ?? 1_000_000;
  const ask = async (bytes: number): Promise<ServerAnswer> => {
    await server.lay({ [call.file]: grow(call.file, call.text, bytes) });
    return server.call(call.tool.name, call.arguments, {
      timeoutMs: Math.min((maxSeconds ?? 60) * 1000 + 5000, 120_000),
    });
  };
  const atLimit = await ask(most);
  const cases = [
    ...(maxInputBytes === undefined ? [] : [accepts(atLimit, most)]),
    ...(maxSeconds === undefined ? [] : [inTime(atLimit, most, maxSeconds)]),
  ];
  if (maxInputBytes !== undefined) cases.push(refuses(await ask(most + 1), most));
  return cases.map((one) => ({ ...one, tool: call.tool.name }));
}

function accepts(answer: ServerAnswer, bytes: number): CheckCase {
  const more = { case: 'input/accepted' };
  if (answer.outcome === 'ok') return passed(`A file of ${bytes} bytes, the limit, is accepted.`, more);
  return failed(
    `A file of ${bytes} bytes, the limit, is refused: ${answer.text.slice(0, 200)}`,
    'Accept files up to the limit, or lower the limit.',
    more,
  );
}

function refuses(answer: ServerAnswer, bytes: number): CheckCase {
  const more = { case: 'input/refused' };
  if (answer.outcome === 'tool_error')
    return passed(`A file of ${bytes + 1} bytes, one over the limit, is refused.`, more);
  return failed(
    `A file of ${bytes + 1} bytes, one over the limit, is not refused.`,
    'Read files through context.folders.readText, which keeps the limit.',
    more,
  );
}

function inTime(answer: ServerAnswer, bytes: number, seconds: number): CheckCase {
  const more = { case: 'time' };
  const taken = (answer.milliseconds / 1000).toFixed(1);
  if (answer.outcome !== 'timeout' && answer.outcome !== 'closed' && answer.milliseconds <= seconds * 1000 + 500)
    return passed(`${bytes} bytes are done in ${taken} s; ${seconds} s are allowed.`, more);
  return failed(
    `${bytes} bytes took ${taken} s; ${seconds} s are allowed.`,
    'Do less at a time, or raise the limit.',
    more,
  );
}

function growable(tool: Tool): Growable[] {
  return tool.examples
    .filter((example) => !expectsError(example))
    .flatMap((example: Example) => {
      const file = Object.entries(example.files ?? {}).find(([name]) =>
        Object.values(example.arguments).includes(name),
      );
      return file ? [{ tool, arguments: example.arguments, file: file[0], text: file[1] }] : [];
    });
}

/** Bytes of a record of real tables; the rows of examples are shorter, and as many of them as fill a large file would be another task. */
const usualRecord = 100;

function widen(record: string): string {
  const fill = 'x'.repeat(Math.max(0, usualRecord - Buffer.byteLength(record)));
  return record.endsWith('"') ? `${record.slice(0, -1)}${fill}"` : record + fill;
}

/** A text of exactly so many bytes: whole lines again and again where lines are records, then blank space. */
export function grow(name: string, text: string, bytes: number): string {
  const size = Buffer.byteLength(text);
  if (size >= bytes) return text;
  const lines = text.trimEnd().split('\n');
  const last = /\.(?:csv|tsv|jsonl|ndjson|txt|log|md)$/i.test(name) ? lines.at(-1) : undefined;
  const record = last && /\.[ct]sv$/i.test(name) ? widen(last) : last;
  const ended = text.endsWith('\n') ? text : `${text}\n`;
  const unit = record ? `${record}\n` : '';
  const room = bytes - Buffer.byteLength(ended);
  const times = unit ? Math.max(0, Math.floor(room / Buffer.byteLength(unit))) : 0;
  const rest = room - times * Buffer.byteLength(unit);
  return rest < 0 ? text.padEnd(text.length + bytes - size, ' ') : `${ended}${unit.repeat(times)}${'\n'.repeat(rest)}`;
}
