import type { Analysis, Blueprint, Plan, Tool } from '../../spec/index.ts';
import { plain, style } from '../output.ts';
import { table } from './table.ts';

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

/** How a tool does its work: the request of an API's operation, else the kind of its implementation. */
function wayOf({ implementation }: Tool): string {
  return implementation.kind === 'http'
    ? plain(`${implementation.method} ${implementation.path}`)
    : implementation.kind;
}

/** What the server would see and call. */
function reachOf({ grants }: Blueprint): string[] {
  const folders = grants.folders.map(({ path, access }) => `${plain(path)} (${access})`);
  const hosts = grants.hosts.map(({ host, port }) => `${host}:${port}`);
  const shown = [...folders, ...hosts].slice(0, 20).join(', ');
  return shown === '' ? [] : [`May reach: ${shown}`];
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
