import { threeWordComplexity } from '../spec/index.ts';
import type { Analysis, Recipe, Request } from '../spec/index.ts';
import { assess } from './assess.ts';
import type { Assessment } from './assess.ts';
import { confidenceOf } from './judge/confidence.ts';
import { doubtsOf, reasonOfEffort, reasonOfType } from './judge/doubts.ts';
import { judgeEffort, judgePattern, resourcesFor, timelineFor } from './judge/effort.ts';
import { readLimits } from './judge/limits.ts';
import { isVague, questionAbout, questionsFor } from './judge/questions.ts';
import { judgeBottlenecks, judgeRisks } from './judge/risks.ts';
import { wordsFor } from './judge/task-type.ts';
import { conditionsOf, isUnsure, uncoveredOf } from './judge/uncovered.ts';
import { buildIndex } from './match/patterns.ts';
import type { MatchIndex } from './match/patterns.ts';
import { suggestionsOf } from './match/suggest.ts';
import { readParts } from './parts.ts';
import type { Part } from './parts.ts';
import { signsOf } from './signs.ts';
import type { RequestSigns } from './signs.ts';
import { matchesOf, outputsOf, shownName, toolsOf, wantedOf } from './wanted.ts';
import { weighType } from './weigh/weigh-type.ts';
import { weighTools } from './weigh/weigh.ts';

/** Reads a Request: what kind of work it is, which recipes it wants, what limits it, what is open. */
export interface Analyzer {
  (request: Request): Analysis;
  /** A first look at one text: its task type as the full analysis judges it, its effort within a tier. */
  assess(text: string): Assessment;
  /** What is weighed, for fitting the weights: the signs of every tool that anything speaks for, and of the task type. */
  signs(request: Request): RequestSigns;
}

/** Builds the index of the recipes' vocabularies once (some milliseconds); the analyzer then takes microseconds and no model. */
export function createAnalyzer(recipes: readonly Recipe[]): Analyzer {
  const index = buildIndex(recipes);
  return Object.assign((request: Request) => analyze(index, request), {
    assess: (text: string) => assess(index, text),
    signs: (request: Request) => signsOf(index, request),
  });
}

function analyze(index: MatchIndex, request: Request): Analysis {
  const ruled = readParts(index, request);
  const judged = weighType(index, ruled);
  const type = { ...judged, words: wordsFor(index, ruled, judged.taskType) };
  const parts = request.tools.length > 0 ? ruled : weighTools(index, ruled);
  const taskType = request.declared.taskType ?? type.taskType;
  const matches = matchesOf(index, parts);
  const tools = toolsOf(index, parts);
  const { questions, suggestions, uncovered, vague } = openOf(index, request, parts);
  const words = [request.intent, ...request.requirements].join('\n');
  const work = {
    given: request.tools,
    requirements: request.requirements.length,
    taskType,
    tools,
    open: uncovered.length,
  };
  const effort = judgeEffort(work);
  const complexity = request.declared.complexity ?? effort.complexity;
  const limits = readLimits(request.constraints, request.requirements);
  const pattern = judgePattern(work, words);
  const wanted = wantedOf(request, tools, matches);
  const { risks, reasons: risky } = judgeRisks(wanted, words, uncovered);
  const { bottlenecks, reasons: slow } = judgeBottlenecks(limits.limits, wanted);
  const sure = confidenceOf(request, type.confidence, matches, uncovered.length, vague);
  const usual = { about: 'resources', because: `usual for ${complexity} work` };
  return {
    taskType,
    complexity,
    complexityWord: threeWordComplexity[complexity],
    estimatedSteps: effort.steps,
    capabilities: capabilitiesOf(index, request, parts),
    risks,
    bottlenecks,
    resources: resourcesFor(complexity),
    timeline: timelineFor(taskType, complexity, request.declared.timeline),
    confidence: sure.confidence,
    executionPattern: pattern.pattern,
    matches,
    suggestions,
    outputs: outputsOf(index, request, parts, matches),
    limits: limits.limits,
    uncovered,
    questions,
    doubts: [...request.notes, ...conditionsOf(request, parts), ...doubtsOf(request, type, effort)],
    reasons: [
      { about: 'taskType', because: reasonOfType(request, type) },
      { about: 'complexity', because: reasonOfEffort(request, effort) },
      { about: 'executionPattern', because: pattern.because },
      ...matches.map((match) => ({ about: shownName(match), because: `“${match.evidence}”` })),
      ...limits.reasons,
      ...risky,
      ...slow,
      usual,
      { about: 'timeline', because: taskType === 'custom' ? usual.because : `usual for ${taskType} of any size` },
      { about: 'confidence', because: sure.because },
    ],
  };
}

/** What the request leaves open: what nobody does yet, what it perhaps wants, what has to be asked. */
function openOf(
  index: MatchIndex,
  request: Request,
  parts: readonly Part[],
): Pick<Analysis, 'questions' | 'suggestions' | 'uncovered'> & { readonly vague: boolean } {
  const vague = request.tools.length === 0 && isVague(parts);
  if (vague) return { questions: questionsFor(request.intent), suggestions: [], uncovered: [], vague };
  const suggestions = request.tools.length > 0 ? [] : suggestionsOf(index, parts);
  const unsure = request.kind === 'prompt' && isUnsure(request, parts) && suggestions.length > 0;
  if (unsure) return { questions: [questionAbout(suggestions)], suggestions, uncovered: [], vague };
  return { questions: [], suggestions, uncovered: uncoveredOf(index, request, parts), vague };
}

function capabilitiesOf(index: MatchIndex, request: Request, parts: readonly Part[]): string[] {
  const found = parts.flatMap(({ tools }) =>
    tools.map(({ target }) => index.targets[target]?.recipe?.capability ?? 'tools'),
  );
  return [...new Set([...request.capabilities, ...found])];
}
