import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faults } from '../../../bench/verifier/faults.ts';
import { goodServers, type Good } from '../../../bench/verifier/good.ts';
import { openWorkshop, type Workshop } from '../../../bench/verifier/workshop.ts';

// A sample of bench/verifier.ts, which tries every fault on forty servers: those that only one look finds.
let workshop: Workshop;
let servers: readonly Good[];
beforeAll(async () => {
  workshop = await openWorkshop();
  servers = goodServers();
});
afterAll(() => workshop[Symbol.asyncDispose]());

const good = (name: string): Good => {
  const found = servers.find((server) => server.name === name);
  if (found === undefined) throw new Error(`There is no server ${name}.`);
  return found;
};

const sample: [fault: string, server: string, by: RegExp][] = [
  ['every_second_answer_wrong', 'code-4-seasons', /^examples\/1\/get_season: The same call gives something else/],
  ['every_second_answer_wrong', 'code-3-notes', /^examples\/1\/write_note: On another start, after a call that was/],
  ['answers_unknown_tools', 'code-5-shifts', /^wrong_input\/unknown_tool: It answers a call of a tool/],
  ['other_order', 'code-1-sums', /^protocol\/\S+\/stable_listing: A second listing is another/],
  ['other_words_each_start', 'code-5-shifts', /^protocol\/same_listing: Not every start/],
  ['prints_when_called', 'code-5-shifts', /It prints on standard output, which is the protocol's: Called\./],
  ['writes_where_it_can', 'headers', /^read_only\/get_h: It claims to only read, and files changed where/],
  ['header_not_compared', 'code-5-shifts', /^protocol\/http\/2026-07-28\/header_mismatch/],
  ['hand_prints_when_called', 'hand-texts', /It prints on standard output/],
];

describe('verification', { concurrent: true }, () => {
  it.each(['code-5-shifts', 'headers', 'hand-texts'])('[ROBUST-8] accepts %s as it is', async (name) => {
    expect(await errorsOf(name)).toEqual([]);
  });

  it.each(sample)('[ROBUST-8] catches %s in %s', async (fault, name, by) => {
    expect(await errorsOf(name, fault)).toContainEqual(expect.stringMatching(by));
  });
});

async function errorsOf(name: string, fault?: string): Promise<string[]> {
  const report = await workshop.verify(
    good(name),
    faults.find((one) => one.name === fault),
  );
  const errors = report.checks.filter(({ status, severity }) => status === 'failed' && severity === 'error');
  expect(report.success).toBe(errors.length === 0);
  return errors.map(({ check, message }) => `${check}: ${message}`);
}
