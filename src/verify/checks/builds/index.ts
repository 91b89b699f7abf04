import { defineCheck, type CheckCase, type CheckedCode } from '../../../spec/index.ts';
import { failed, passed } from '../style.ts';
import { toolOfFile } from '../tool-of-file.ts';

/** Most messages told. */
const most = 10;

export const builds = defineCheck({
  name: 'builds',
  level: 'L1',
  summary: 'Types are strict and right, lint is clean, the bundle can be made.',
  // The tools have limits of their own.
  seconds: 150,
  applies: (context) => context.generated,
  async run(context) {
    const bundled = context.bundle().then(
      (bundle): CheckCase => {
        const size = bundle && `Bundled: ${Math.round(bundle.bytes / 1024)} KB${bundle.foundAgain ? again : ''}.`;
        return passed(size ?? 'Nothing to bundle.', { case: 'bundle' });
      },
      (error: unknown) => {
        context.signal.throwIfAborted();
        return failed(`It cannot be bundled: ${wordsOf(error)}`, 'Mend the code at the place named.', {
          case: 'bundle',
        });
      },
    );
    const checked = context.diagnostics().then(judge, (error: unknown) => {
      context.signal.throwIfAborted();
      return [
        failed(`Types and lint could not be looked at: ${wordsOf(error)}`, 'Run the verification again.', {
          case: 'types',
        }),
      ];
    });
    const [types, bundle] = await Promise.all([checked, bundled]);
    return { cases: [...types, bundle] };
  },
});

/** Said of what was not done once more. */
const again = ' (found again: an earlier build had the same code and tools)';

function judge({ diagnostics, foundAgain }: CheckedCode = { diagnostics: [] }): CheckCase[] {
  const told = diagnostics.slice(0, most).map(({ severity, file, line, rule, message }, index) =>
    failed(`${file}:${line} ${message} (${rule})`, 'Mend the code at this line.', {
      case: `types/${index + 1}`,
      severity,
      ...toolOfFile(file),
    }),
  );
  const wrong = diagnostics.some(({ severity }) => severity === 'error');
  return wrong
    ? told
    : [passed(`Types are strict and right, lint is clean${foundAgain ? again : ''}.`, { case: 'types' }), ...told];
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 500);
