import { describe, expect, it } from 'vitest';
import type { Check } from '../../spec/index.ts';

/** What every check keeps to; the test of a new one is `checkConformance(check)`. */
export function checkConformance(check: Check): void {
  describe(`check ${check.name}`, () => {
    it('is named in snake_case and says in one sentence what holds when it passes', () => {
      expect(check.name).toMatch(/^[a-z]+(?:_[a-z]+)*$/);
      expect(check.summary).toMatch(/^[A-Z“].{20,200}\.$/);
      expect(['L1', 'L2', 'L3', 'L4', 'security']).toContain(check.level);
    });

    it('reports nothing for a server without tools, sources and Blueprint, and does not throw', async () => {
      const context: Parameters<Check['run']>[0] = {
        generated: false,
        callable: false,
        signal: AbortSignal.timeout(10_000),
        tools: async () => [],
        words: async () => [],
        sources: async () => new Map(),
        dependencies: async () => undefined,
        diagnostics: async () => undefined,
        bundle: async () => undefined,
        protocol: async () => [],
        trial: () => Promise.reject(new Error('A server that runs elsewhere must not be called.')),
        leaks: () => [],
      };
      if (!check.applies(context)) return;
      const { cases = [], findings = [] } = await check.run(context);
      expect(findings).toEqual([]);
      for (const { status, severity, remedy } of cases) {
        if (status === 'failed') expect([severity, typeof remedy]).toEqual(['warning', 'string']);
      }
    });
  });
}
