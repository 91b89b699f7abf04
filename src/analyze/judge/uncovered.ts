import type { Request } from '../../spec/index.ts';
import { cut } from '../../util/index.ts';
import type { MatchIndex } from '../match/patterns.ts';
import type { Part } from '../parts.ts';

/** What nobody does yet: wishes known to lie beyond the recipes, whole requirements that nothing matched, and pending tools. */
export function uncoveredOf(index: MatchIndex, request: Request, parts: readonly Part[]): string[] {
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
export function conditionsOf(request: Request, parts: readonly Part[]): string[] {
  if (request.kind !== 'context' || request.tools.length > 0) return [];
  return parts
    .filter(
      (part) => part.requirement >= 0 && part.tools.length === 0 && part.beyond.length === 0 && isCondition(part.text),
    )
    .map((part) => `Taken as a condition, no tool of its own: “${cut(part.text, 200)}”.`);
}

/** Nothing in it is sure enough to build: there the person is asked, and nothing is guessed. */
export const isUnsure = (request: Request, parts: readonly Part[]): boolean =>
  request.tools.length === 0 && parts.every(({ tools, beyond }) => tools.length === 0 && beyond.length === 0);
