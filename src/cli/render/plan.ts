import type { Analysis, Plan } from '../../spec/index.ts';
import { plain, style } from '../output.ts';
import { table } from './table.ts';

/** The analysis with its reasons, then what would be made, what it needs and what is missing. */
export function renderPlan({ analysis, plan }: { readonly analysis: Analysis; readonly plan: Plan }): string {
  const sections = [
    renderAnalysis(analysis),
    ...plan.servers.map(({ blueprint, why }) =>
      section(`Server ${blueprint.name}`, [
        plain(why),
        ...table(blueprint.tools.map((tool) => [tool.name, tool.implementation.kind, tool.title])).split('\n'),
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

function renderAnalysis(analysis: Analysis): string {
  const facts = table([
    ['Task type', analysis.taskType],
    ['Complexity', `${analysis.complexity} (${analysis.complexityWord})`],
    ['Steps', String(analysis.estimatedSteps)],
    ['Pattern', analysis.executionPattern],
    ['Time', `${analysis.timeline.minutes[0]} to ${analysis.timeline.minutes[1]} minutes`],
    ['Confidence', `${Math.round(analysis.confidence * 100)}%`],
    [
      'Resources',
      `${analysis.resources.cpu} CPU, ${analysis.resources.memory} memory, ${analysis.resources.storage} storage`,
    ],
  ]);
  const because = analysis.reasons
    .filter(({ about }) => !/^(?:risk|bottleneck) \d+$/.test(about))
    .map((reason) => `  ${plain(reason.about)}: ${plain(reason.because)}`);
  const why = (about: string): string => {
    const reason = analysis.reasons.find((candidate) => candidate.about === about);
    return reason === undefined ? '' : ` (${plain(reason.because)})`;
  };
  const risks = analysis.risks.map(
    (risk, at) => `  Risk: ${plain(risk.risk)}${why(`risk ${at + 1}`)} → ${plain(risk.mitigation)}`,
  );
  const bottlenecks = analysis.bottlenecks.map(
    (bottleneck, at) => `  Bottleneck: ${plain(bottleneck)}${why(`bottleneck ${at + 1}`)}`,
  );
  const doubts = analysis.doubts.map((doubt) => `  ${style('yellow', '!')} ${plain(doubt)}`);
  return [facts, `  ${plain(analysis.timeline.note)}`, ...because, ...risks, ...bottlenecks, ...doubts].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${style('bold', title)}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
