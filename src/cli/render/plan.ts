import type { Analysis, Plan } from '../../spec/index.ts';
import { plain, style } from '../output.ts';
import { renderAnalysis } from './analysis.ts';
import { table } from './table.ts';
import { reachOf, wayOf } from './reach.ts';

/** The analysis with its reasons, then what would be made, what it needs and what is missing. */
export function renderPlan({ analysis, plan }: { readonly analysis: Analysis; readonly plan: Plan }): string {
  const sections = [
    renderAnalysis(analysis),
    ...plan.servers.map(({ blueprint, why }) =>
      section(`Server ${blueprint.name}`, [
        plain(why),
        ...table(blueprint.tools.map((tool) => [tool.name, wayOf(tool), tool.title])).split('\n'),
        ...reachOf(blueprint),
      ]),
    ),
    section(
      'Phases',
      plan.phases.map((phase) => `${phase.name}: ${plain(phase.steps.join('; '))}`),
    ),
    section('Needs from you', plan.grantsNeeded.map(plain)),
    section(
      'Missing',
      plan.missing.flatMap((gap) => [
        `${style('yellow', '!')} ${plain(gap.what)}`,
        ...gap.ways.map((way) => `    ${plain(way)}`),
      ]),
    ),
    section(
      'Perhaps also',
      analysis.suggestions.map(
        ({ tool, evidence }) => `${tool}, for “${plain(evidence)}”; say so in the request, by its name, to include it`,
      ),
    ),
    section('Questions', plan.questions.map(plain)),
    section('Deployment', [`${plan.deployment.target}: ${plain(plan.deployment.strategy)}`, plain(plan.rollback)]),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${style('bold', title)}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
