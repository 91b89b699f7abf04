import { threeWordComplexity } from '../spec/index.ts';
import type { Analysis, Complexity, Recipe, RecipeMatch, RecipeTool, Request, TaskType } from '../spec/index.ts';
import { cut, snakeCase } from '../util/index.ts';
import { complexityOf, judgeEffort, judgePattern, pointsOf, resourcesFor, timelineFor } from './judge/effort.ts';
import { readLimits } from './judge/limits.ts';
import { isVague, questionAbout, questionsFor } from './judge/questions.ts';
import { judgeBottlenecks, judgeRisks } from './judge/risks.ts';
import type { Wanted } from './judge/risks.ts';
import { wordsFor } from './judge/task-type.ts';
import { chooseTools, matchPart, threshold } from './match/accept.ts';
import { buildIndex } from './match/patterns.ts';
import { suggestionsOf } from './match/suggest.ts';
import { findSubject } from './match/subject.ts';
import type { MatchIndex } from './match/patterns.ts';
import { gatherCandidates } from './weigh/candidates.ts';
import type { Clued } from './weigh/clues.ts';
import { eachTypeSign } from './weigh/type-signs.ts';
import { weighType } from './weigh/weigh-type.ts';
import type { JudgedType } from './weigh/weigh-type.ts';
import { weighTools } from './weigh/weigh.ts';

/** Reads a Request: what kind of work it is, which recipes it wants, what limits it, what is open. */
export interface Analyzer {
  (request: Request): Analysis;
  /** Task type and effort of one text, without the rest: the fast first look. */
  assess(text: string): Assessment;
  /** What is weighed, for fitting the weights: the signs of every tool that anything speaks for, and of the kind of work. */
  signs(request: Request): RequestSigns;
}

export interface RequestSigns {
  readonly tools: readonly { readonly tool: string; readonly views: readonly Readonly<Record<string, number>>[] }[];
  /** Signs of the kind of work. */
  readonly type: Readonly<Record<string, number>>;
}

export interface Assessment {
  readonly taskType: TaskType;
  readonly complexity: Complexity;
  readonly confidence: number;
}

interface SaidType extends JudgedType {
  /** Words of the request that spoke for it. */
  readonly words: readonly string[];
}

interface Part extends Clued {
  readonly text: string;
}

/** Builds the index of the recipes' vocabularies once (some milliseconds); the analyzer then takes microseconds and no model. */
export function createAnalyzer(recipes: readonly Recipe[]): Analyzer {
  const index = buildIndex(recipes);
  return Object.assign((request: Request) => analyze(index, request), {
    assess: (text: string) => assess(index, text),
    signs: (request: Request) => signsOf(index, request),
  });
}

/** Reads like the full analysis, and leaves out all that only explains. */
function assess(index: MatchIndex, text: string): Assessment {
  const { found, named, tools: chosen, likely, beyond } = chooseTools(index, text, 'in', threshold);
  const wanted = named.length === 0 ? chosen : [...named, ...chosen];
  const { taskType, confidence } = weighType(index, [{ found, tools: wanted, likely, beyond }]);
  const tools: RecipeTool[] = [];
  for (const { target } of wanted) {
    const tool = index.targets[target]?.tool;
    if (tool !== undefined && !tools.includes(tool)) tools.push(tool);
  }
  const points = pointsOf({ given: [], requirements: 0, taskType, tools, open: beyond.length });
  return { taskType, complexity: complexityOf(points), confidence };
}

function analyze(index: MatchIndex, request: Request): Analysis {
  const { parts, type } = weigh(index, request);
  const matches = matchesOf(index, parts);
  const tools = toolsOf(index, parts);
  const vague = request.tools.length === 0 && isVague(parts);
  const taskType = request.declared.taskType ?? type.taskType;
  const suggestions = vague || request.tools.length > 0 ? [] : suggestionsOf(index, parts);
  const unsure = !vague && request.kind === 'prompt' && isUnsure(request, parts) && suggestions.length > 0;
  const uncovered = vague || unsure ? [] : uncoveredOf(index, request, parts);
  const words = [request.intent, ...request.requirements].join('\n');
  const workload = {
    given: request.tools,
    requirements: request.requirements.length,
    taskType,
    tools,
    open: uncovered.length,
  };
  const effort = judgeEffort(workload);
  const complexity = request.declared.complexity ?? effort.complexity;
  const limits = readLimits(request.constraints, request.requirements);
  const pattern = judgePattern(workload, words);
  const wanted = wantedOf(request, tools, matches);
  const { risks, reasons: risky } = judgeRisks(wanted, words, uncovered);
  const { bottlenecks, reasons: slow } = judgeBottlenecks(limits.limits, wanted);
  const sure = confidenceOf(request, type.confidence, matches, uncovered.length, vague);
  return {
    taskType,
    complexity,
    complexityWord: threeWordComplexity[complexity],
    estimatedSteps: effort.steps,
    capabilities: [
      ...new Set([
        ...request.capabilities,
        ...parts.flatMap((part) =>
          part.tools.map(({ target }) => index.targets[target]?.recipe?.capability ?? 'tools'),
        ),
      ]),
    ],
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
    questions: vague ? questionsFor(request.intent) : unsure ? [questionAbout(suggestions)] : [],
    doubts: [...request.notes, ...conditionsOf(request, parts), ...doubtsOf(request, type, effort)],
    reasons: [
      { about: 'taskType', because: reasonOfType(request, type) },
      {
        about: 'complexity',
        because:
          request.declared.complexity === undefined
            ? effort.because
            : `declared; measured by its parts: ${effort.because}`,
      },
      { about: 'executionPattern', because: pattern.because },
      ...matches.map((match) => ({ about: shownName(match), because: `“${match.evidence}”` })),
      ...limits.reasons,
      ...risky,
      ...slow,
      { about: 'resources', because: `usual for ${complexity} work` },
      {
        about: 'timeline',
        because: taskType === 'custom' ? `usual for ${complexity} work` : `usual for ${taskType} of any size`,
      },
      { about: 'confidence', because: sure.because },
    ],
  };
}

/** What each part wants and what kind of work it all is, weighed over the whole. */
function weigh(index: MatchIndex, request: Request): { parts: Part[]; type: SaidType } {
  const ruled = withClient(index, matchParts(index, request));
  const judged = weighType(index, ruled);
  const type = { ...judged, words: wordsFor(index, ruled, judged.taskType) };
  return { parts: request.tools.length > 0 ? ruled : weighTools(index, ruled), type };
}

function signsOf(index: MatchIndex, request: Request): RequestSigns {
  const ruled = withClient(index, matchParts(index, request));
  const type: Record<string, number> = {};
  eachTypeSign(index, ruled, (sign, value) => {
    type[sign] = value;
  });
  const tools = gatherCandidates(index, ruled).map(({ target, signs, views }) => ({
    tool: index.targets[target]?.tool?.name ?? '',
    views: views.map((view) => Object.fromEntries([...signs, ...view])),
  }));
  return { tools, type };
}

/** A form's own tools and a Blueprint say what is wanted: there, words add no tools. */
function matchParts(index: MatchIndex, request: Request): Part[] {
  const one = (text: string, requirement: number, fallback: 'in' | 'out' = 'in'): Part => ({
    text,
    requirement,
    output: fallback === 'out',
    ...matchPart(index, text, fallback),
  });
  if (request.tools.length > 0) {
    const texts = [
      request.intent,
      ...request.tools.map((tool) => `${tool.name.replaceAll('_', ' ')}: ${tool.description}`),
    ];
    return texts.slice(0, 50).map((text) => ({ ...one(text, -1), tools: [], likely: [], beyond: [] }));
  }
  // An output names what the requirements make; a single word of it asks for no tool beside a writer.
  const outputs = request.expectedOutputs.map((text) => {
    const part = one(text, -1, 'out');
    return {
      ...part,
      likely: [],
      tools: part.tools.filter(({ target, words }) => index.targets[target]?.way !== undefined || words.includes(' ')),
    };
  });
  if (request.requirements.length === 0) return [one(request.intent, -1), ...outputs];
  // A prompt's sentences lean on each other; a context's requirements stand alone.
  if (request.kind === 'prompt') return [one(request.requirements.join('\n'), 0), ...outputs];
  return [...request.requirements.map((text, at) => one(text, at)), ...outputs];
}

/** Keeping records alike with a system that is named needs its client, in whatever sentence the name stands. */
function withClient(index: MatchIndex, parts: Part[]): Part[] {
  const found = new Set(parts.flatMap((part) => part.tools.map(({ target }) => target)));
  const syncs = [...found].some((target) => index.targets[target]?.recipe?.capability === 'sync');
  if (!syncs || [...index.clients].some((target) => found.has(target))) return parts;
  return parts.map((part) => {
    const subject = findSubject(index, part.found.read);
    if (subject === undefined) return part;
    const clients = [...index.clients].map((target) => ({ target, score: 0.8, words: subject, subject }));
    return { ...part, tools: [...part.tools, ...clients] };
  });
}

function matchesOf(index: MatchIndex, parts: readonly Part[]): RecipeMatch[] {
  const best = new Map<number, RecipeMatch>();
  const subject = parts.flatMap((part) => part.tools.flatMap((tool) => tool.subject ?? [])).at(0);
  for (const { tools, requirement } of parts) {
    for (const { target, score, words } of tools) {
      const { recipe, tool } = index.targets[target] ?? {};
      const before = best.get(target);
      if (recipe === undefined || tool === undefined || (before !== undefined && before.score >= score)) continue;
      const named = index.clients.has(target) && subject !== undefined ? { subject } : {};
      best.set(target, {
        recipe: recipe.name,
        tool: tool.name,
        score,
        evidence: words,
        ...named,
        requirement: before?.requirement ?? requirement,
      });
    }
  }
  return [...best.values()];
}

/** Each expected output with the wanted tool that its own words point to most. */
function outputsOf(
  index: MatchIndex,
  request: Request,
  parts: readonly Part[],
  matches: readonly RecipeMatch[],
): Analysis['outputs'] {
  const wanted = new Set(matches.map(({ tool }) => tool));
  return request.expectedOutputs.map((description) => {
    const evidence = parts.find((part) => part.text === description)?.found.evidence ?? [];
    const best = evidence
      .toSorted((a, b) => b.score - a.score)
      .find(({ target }) => wanted.has(index.targets[target]?.tool?.name ?? ''));
    const tool = best === undefined ? undefined : index.targets[best.target]?.tool?.name;
    return tool === undefined ? { description } : { description, tool };
  });
}

function toolsOf(index: MatchIndex, parts: readonly Part[]): RecipeTool[] {
  const targets = new Set(parts.flatMap((part) => part.tools.map(({ target }) => target)));
  return [...targets].flatMap((target) => index.targets[target]?.tool ?? []);
}

/** What nobody does yet: wishes known to lie beyond the recipes, whole requirements that nothing matched, and pending tools. */
function uncoveredOf(index: MatchIndex, request: Request, parts: readonly Part[]): string[] {
  const pending = request.tools.flatMap((tool) =>
    tool.implementation.kind === 'pending' ? [`${tool.name}: ${cut(tool.description, 200)}`] : [],
  );
  if (request.tools.length > 0) return pending;
  const beyond = parts.flatMap((part) =>
    part.beyond.map(({ target, words }) => `${index.targets[target]?.beyond ?? ''} (“${words}”)`),
  );
  const nothing = parts.every((part) => part.tools.length === 0);
  const whole = parts.filter(
    (part) =>
      part.tools.length === 0 &&
      part.beyond.length === 0 &&
      !isCondition(part.text) &&
      (request.kind === 'context' ? part.requirement >= 0 : nothing && beyond.length === 0),
  );
  return [...new Set([...beyond, ...whole.map((part) => cut(part.text, 200))])];
}

/** A requirement that says how, or what is not to be done, asks for no tool of its own. */
const isCondition = (text: string): boolean =>
  /^\s*(?:no|not|never|nothing|without|do not|don't)\b|\b(?:can|could|must) be resumed\b|^\s*(?:must |should )?(?:retry|keep (?:the )?state)\b/i.test(
    text,
  );

/** Requirements that no tool fulfils because they only set a condition: said, not dropped. */
function conditionsOf(request: Request, parts: readonly Part[]): string[] {
  if (request.kind !== 'context' || request.tools.length > 0) return [];
  return parts
    .filter(
      (part) => part.requirement >= 0 && part.tools.length === 0 && part.beyond.length === 0 && isCondition(part.text),
    )
    .map((part) => `Taken as a condition, no tool of its own: “${cut(part.text, 200)}”.`);
}

/** Nothing in it is sure enough to build: there the person is asked, and nothing is guessed. */
const isUnsure = (request: Request, parts: readonly Part[]): boolean =>
  request.tools.length === 0 && parts.every(({ tools, beyond }) => tools.length === 0 && beyond.length === 0);

/** Name of a matched tool as the server will have it. */
const shownName = ({ tool, subject }: RecipeMatch): string =>
  tool.startsWith('{subject}_') ? tool.replace('{subject}', subject === undefined ? 'http' : snakeCase(subject)) : tool;

function wantedOf(request: Request, tools: readonly RecipeTool[], matches: readonly RecipeMatch[]): Wanted[] {
  const found = tools.map(({ name, annotations, uses }) => {
    const match = matches.find(({ tool }) => tool === name);
    return { called: match === undefined ? name : `${shownName(match)} (“${match.evidence}”)`, annotations, uses };
  });
  return [...found, ...request.tools.map(({ name, annotations }) => ({ called: name, annotations, uses: [] }))];
}

/** Mean of how sure the task type is, how well the tools were found, and how much of the request they cover. */
function confidenceOf(
  request: Request,
  type: number,
  matches: readonly RecipeMatch[],
  open: number,
  vague: boolean,
): { confidence: number; because: string } {
  if (vague) return { confidence: 0.1, because: 'the request names nothing that a tool could do' };
  const declared = request.declared.taskType !== undefined;
  const given = request.tools.length;
  const parts = matches.length + given;
  const kind = declared ? 1 : type;
  const found =
    matches.length === 0 ? (given > 0 ? 1 : 0.3) : matches.reduce((sum, { score }) => sum + score, 0) / matches.length;
  const covered = parts === 0 ? 0.3 : parts / (parts + open);
  const percent = (share: number): string => `${Math.round(share * 100)}%`;
  return {
    confidence: Math.round(((kind + found + covered) / 3) * 100) / 100,
    because: `task type ${declared ? 'declared' : percent(kind)}, tools ${given > 0 ? 'given' : percent(found)}, covered ${percent(covered)}`,
  };
}

function doubtsOf(request: Request, type: SaidType, effort: ReturnType<typeof judgeEffort>): string[] {
  const doubts: string[] = [];
  const { taskType, complexity } = request.declared;
  // The kind of an API's document says what it is: nobody declared it against their own words.
  if (request.kind !== 'openapi' && taskType !== undefined && taskType !== type.taskType && type.words.length > 0) {
    doubts.push(
      `Declared as ${taskType}; its words (${type.words.slice(0, 3).join(', ')}) sound like ${type.taskType}. The declaration is kept.`,
    );
  }
  if (complexity !== undefined && complexity !== effort.complexity) {
    doubts.push(
      `Declared as ${complexity}; by its parts it looks ${effort.complexity} (${effort.because}). The declaration is kept.`,
    );
  }
  return doubts;
}

function reasonOfType(request: Request, type: SaidType): string {
  const said =
    type.words.length === 0 ? 'nothing in the words speaks for another' : `its words: ${type.words.join(', ')}`;
  return request.declared.taskType === undefined ? said : `declared; ${said}`;
}
