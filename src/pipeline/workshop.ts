import { CrafterError } from '../errors.ts';
import type { Blueprint, Language, LanguageName, ProjectFiles } from '../spec/index.ts';
import { placesOf } from './places.ts';
import type { Workshop } from './types.ts';

/** Loads the parts that handle requests and generated code. @throws CrafterError SANDBOX_UNAVAILABLE. */
export async function openWorkshop(stateFolder: string, unsafe: boolean): Promise<Workshop> {
  const [{ openSandbox }, { createTypescript }, { createProcessTarget }] = await Promise.all([
    import('../sandbox/index.ts'),
    import('../languages/index.ts'),
    import('../deploy/index.ts'),
  ]);
  const sandbox = await openSandbox({ stateFolder, unsafe });
  const typescript = createTypescript({ sandbox, stateFolder });
  let thinking: Promise<Workshop['think']> | undefined;
  const languageOf = (name: LanguageName): Language => {
    if (name === typescript.name) return typescript;
    throw new CrafterError('NOT_SUPPORTED', `Servers in ${name} are not part of this version.`, {
      hint: 'Use typescript.',
    });
  };
  return {
    sandbox,
    target: createProcessTarget({
      sandbox,
      runFolder: placesOf(stateFolder).run,
      command: ({ language }) => languageOf(language).command('http'),
    }),
    language: async (name) => languageOf(name),
    generate: (blueprint) => generateProject(blueprint, languageOf(blueprint.language)),
    think: async (request) => (await (thinking ??= thinker()))(request),
  };
}

async function generateProject(blueprint: Blueprint, language: Language): Promise<ProjectFiles> {
  const { generate } = await import('../generate/index.ts');
  return generate(blueprint, { language });
}

async function thinker(): Promise<Workshop['think']> {
  const [{ createAnalyzer }, { createPlanner }, { recipes }] = await Promise.all([
    import('../analyze/index.ts'),
    import('../plan/index.ts'),
    import('../library/index.ts'),
  ]);
  const analyze = createAnalyzer(recipes);
  const plan = createPlanner(recipes);
  return async (request) => {
    const analysis = analyze(request);
    return { analysis, plan: plan(request, analysis) };
  };
}
