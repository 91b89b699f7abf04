/**
 * Characters that a person does not see and a model reads: zero width, bidirectional controls,
 * the Unicode tag block, variation selectors in rows, soft hyphens and control characters.
 */
const hidden =
  // eslint-disable-next-line no-control-regex, no-misleading-character-class
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}\u{e0100}-\u{e01ef}]|[\ufe00-\ufe0f]{2,}/u;

/** The first hidden character, as `U+200B`, or undefined. */
export function hiddenCharacter(text: string): string | undefined {
  const found = hidden.exec(text)?.[0].codePointAt(0);
  return found === undefined ? undefined : `U+${found.toString(16).toUpperCase().padStart(4, '0')}`;
}

const everyHidden = new RegExp(hidden.source, 'gu');

/** The text without its hidden characters. */
export const withoutHidden = (text: string): string => (hidden.test(text) ? text.replace(everyHidden, '') : text);

const instructions: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|other|system|safety)\b[^.\n]{0,40}\b(?:instruction|prompt|rule|message|guideline|direction)s?\b/i,
    'tells the model to ignore its instructions',
  ],
  [/<\/?\s*(?:important|system|instructions?|secret|admin|assistant|hidden)\b[^>]*>/i, 'poses as a system message'],
  [
    /\b(?:do not|don't|never|without)\b[^.\n]{0,30}\b(?:tell|telling|mention|mentioning|inform|informing|notify|notifying|reveal|revealing|show|showing|alert|alerting)\b[^.\n]{0,30}\b(?:the )?(?:user|human|person|operator)\b/i,
    'tells the model to hide something from the user',
  ],
  [
    /\b(?:system prompt|developer message|conversation history|chat history|hidden instructions?)\b/i,
    'speaks of the model’s own prompt or conversation',
  ],
  [
    /\byou (?:must|should|shall|have to|need to|are required to)\b[^.\n]{0,60}\b(?:always|first|before|every|instead)\b[^.\n]{0,60}\b(?:call|calling|use|using|invoke|invoking|run|running|read|reading|send|sending|pass|passing|include|including)\b/i,
    'orders the model about',
  ],
  [
    /\b(?:always|must)\b[^.\n]{0,30}\b(?:call|use|invoke|run)\b[^.\n]{0,20}\bthis tool\b[^.\n]{0,40}\b(?:first|before|instead|every|any other)\b/i,
    'orders the model to prefer this tool',
  ],
  [
    /\b(?:before|after|when) (?:using|calling|running|invoking) (?:this|any|the|other)\b[^.\n]{0,60}\b(?:read|open|fetch|send|upload|forward|include|attach|post)\b/i,
    'orders another act around the call',
  ],
  [
    /(?:~\/|\/home\/|\/root\/|%userprofile%)[^\s]*\.(?:ssh|aws|gnupg|kube|config|cursor|npmrc|env)\b|\bid_(?:rsa|ed25519)\b|\bmcp\.json\b|\/etc\/(?:passwd|shadow)\b/i,
    'names a file that holds credentials',
  ],
  [
    /\b(?:send|forward|upload|post|exfiltrate|leak|copy|bcc)\b[^.\n]{0,50}\b(?:api[ _-]?keys?|credentials?|passwords?|tokens?|secrets?|private keys?|env(?:ironment)? variables?)\b[^.\n]{0,40}\b(?:to|at|via|into)\b/i,
    'asks for secrets to be sent',
  ],
  [
    /\b(?:act|behave|respond|pretend|roleplay) as (?:if|though|an?|the)\b[^.\n]{0,40}\b(?:admin|root|developer|system|unrestricted|jailbroken)\b/i,
    'gives the model another role',
  ],
];

/** What in a text is written for a model to obey and not for a reader to know; empty for honest descriptions. */
export function instructionsToModel(text: string): string[] {
  return instructions.filter(([pattern]) => pattern.test(text)).map(([, reason]) => reason);
}

/** A long run of base64 or hex in prose hides what a reader cannot check; one letter many times over hides nothing. */
export function hasEncodedBlock(text: string): boolean {
  const blocks = [...text.matchAll(/[A-Za-z0-9+/]{120,}={0,2}|(?:\\x[0-9a-f]{2}){20,}/gi)];
  return blocks.some(([block]) => new Set(block).size > 4);
}
