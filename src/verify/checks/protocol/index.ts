import { defineCheck } from '../../../spec/index.ts';

export const protocol = defineCheck({
  name: 'protocol',
  level: 'L1',
  summary: 'It starts, speaks both eras over each of its transports, keeps strangers out over HTTP, and stops cleanly.',
  applies: () => true,
  async run(context) {
    const looks = await context.protocol();
    return {
      cases: looks.map(({ passed, remedy, ...look }) => ({
        ...look,
        status: passed ? ('passed' as const) : ('failed' as const),
        ...(!passed && { remedy: remedy ?? 'Compare with the specification of the protocol.' }),
      })),
    };
  },
});
