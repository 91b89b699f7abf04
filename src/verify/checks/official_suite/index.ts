import { defineCheck } from '../../../spec/index.ts';

export const officialSuite = defineCheck({
  name: 'official_suite',
  level: 'L1',
  summary: 'It passes what the official conformance suite asks of any server, in both eras; run where it is asked for.',
  seconds: 120,
  applies: (context) => context.officialSuite !== undefined,
  async run(context) {
    const looks = (await context.officialSuite?.()) ?? [];
    if (looks.length === 0)
      return {
        cases: [{ status: 'skipped', message: 'The suite speaks HTTP only; this server does not answer there.' }],
      };
    return {
      cases: looks.map(({ passed, remedy, ...look }) => ({
        ...look,
        status: passed ? ('passed' as const) : ('failed' as const),
        ...(!passed && { remedy: remedy ?? 'Look the check up in the conformance suite; it names the specification.' }),
      })),
    };
  },
});
