/** A prompt's sentences, sorted into what is to be done, what limits it, and what must come out. */
export interface SplitPrompt {
  readonly requirements: string[];
  readonly constraints: string[];
  readonly expectedOutputs: string[];
}

const maxParts = 200;

/** Sentences end at punctuation, line ends, bullets, semicolons and “then”; dots inside names, numbers and files do not count. */
export function splitPrompt(text: string): SplitPrompt {
  const result: SplitPrompt = { requirements: [], constraints: [], expectedOutputs: [] };
  const parts = text
    .split(/\r?\n+|(?<=[.!?])\s+(?=\S)|;\s*|,?\s+(?:and\s+)?then\s+(?=\p{L})/u)
    .map((part) => part.replace(/^\s*(?:[-*•·–]|\d{1,2}[.)])\s+/, '').trim())
    .filter((part) => /\p{L}/u.test(part));
  for (const part of parts.slice(0, maxParts)) kindOf(part, result).push(part.slice(0, 1000));
  return result;
}

function kindOf(part: string, result: SplitPrompt): string[] {
  if (isConstraint(part)) return result.constraints;
  if (
    /^(?:expected |desired )?(?:outputs?|results?|deliverables?)\s*[:=]|^(?:the )?(?:result|output|outcome) (?:should|must|has to|shall) be\b|^i (?:expect|want to get|should get)\b/i.test(
      part,
    )
  )
    return result.expectedOutputs;
  return result.requirements;
}

/** A sentence that only limits: it names a figure or a retry and asks for nothing else. */
function isConstraint(part: string): boolean {
  if (/^(?:constraints?|limits?|limitations?)\s*:/i.test(part)) return true;
  const figure =
    /\b\d[\d.,]*\s*k?\s*(?:[kmg]i?b|(?:kilo|mega|giga)bytes?|megs?|ms|sec(?:ond)?s?|s|min(?:ute)?s?|hours?)\b|\b\d[\d.,]*k?\s*(?:\w+\s+){0,3}(?:per|an?|each|every|\/)\s*(?:second|minute|hour|day|min|sec|hr|h|s)\b/i.test(
      part,
    );
  const limiting =
    /\b(?:must|should|may|can|under|within|below|at most|no more than|not more than|up to|max(?:imum)?|limit(?:ed)?|less than|take|takes|never|only|longer)\b/i.test(
      part,
    );
  const short = part.split(/\s+/).length <= 16;
  return (
    short &&
    ((figure && limiting) ||
      /^(?:it |we |the server |please )?(?:must |should |has to |needs to )?(?:always |also )?(?:retry|re-try|try again)\b/i.test(
        part,
      ))
  );
}
