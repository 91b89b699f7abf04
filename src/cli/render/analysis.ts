import type { Analysis } from '../../spec/index.ts';
import { plain, style } from '../output.ts';
import { table } from './table.ts';

/** What was understood, each part with its reason. */
export function renderAnalysis(analysis: Analysis): string {
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
