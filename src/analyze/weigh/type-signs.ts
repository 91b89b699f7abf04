import type { MatchIndex } from '../match/patterns.ts';
import { findSystem } from '../match/subject.ts';
import type { Clued } from './clues.ts';

/** Groups of words that tell what kind of work a request is, beside its tools. */
const groups: Readonly<Record<string, RegExp>> = {
  model:
    /\b(?:models?|classifiers?|predict\w*|forecast\w*|recommend\w*|embeddings?|embed|vectors?|neural|regression|machine learning|ml|llm|sentiment|churn|anomal\w+|cluster\w*)\b/g,
  training: /\b(?:train(?:s|ed|ing)?|retrain\w*|finetun\w*|fine|labell?ed|labels?|training|learn(?:s|ing)?|teach\w*|features?|annotat\w+|hold-?out)\b/g,
  guessing:
    /\b(?:guess|likely|likelihood|probabilit\w+|chance|will (?:cancel|leave|buy|come|fail|churn)|won['’]?t come|estimate|suspicious|fraud\w*|outliers?|by itself|by itsel|discover|similar|nearest|by meaning|auc|f1|accuracy|precision|recall|confusion|scor(?:e|es|ing)|rates? new|spam)\b/g,
  sorting: /\b(?:classif\w+|categori\w+|sort (?:themselves|the mails)|topics?|recogni[sz]\w+|detect\w*|into (?:groups|classes))\b/g,
  'prepares for a model': /\b(?:for (?:the |a |our |finetun|training)[\w -]{0,30}(?:model|classifier|training|finetun\w*|network)|before (?:we|i) train|prompt\/completion|one-?hot|train\.jsonl)\b/g,
  clock:
    /\b(?:every|each) (?:day|night|morning|evening|week|month|monday|tuesday|wednesday|thursday|friday|saturday|sunday|hour|quarter|year|\d+ (?:minutes|hours|days))\b|\b(?:nightly|daily|weekly|monthly|hourly|cron|schedul\w+|at midnight|clocktime|on (?:mondays|fridays)|once a (?:day|week|month))\b/g,
  event: /\b(?:when(?:ever)?|as soon as|once (?:a|the|it|both)|if (?:nobody|no one|a|the|somebody)|on (?:arrival|success|failure)|trigger\w*|event|at once|the moment|after \d+ (?:minutes|hours|days)|the day before)\b/g,
  person: /\b(?:approv\w+|sign(?:s|ed)? off|escalat\w+|says? (?:ok|yes)|manager|supervisor|boss|foreman|second officer|controller|released?|decision|four eyes|confirm\w*|hand(?:s|ed)? (?:it )?(?:on|over))\b/g,
  notice: /\b(?:notif\w+|remind\w*|reminders?|alerts?|alarm\w*|warn\w*|inform|sms|text message|whatsapp|slack|teams|telegram|ring|emails?|message)\b/g,
  order:
    /\b(?:steps?|stages?|stations?|order|sequence|first|then|after that|afterwards|finally|before|after|parallel|side by side|one after the other|chain\w*|pipeline|workflow|orchestrat\w+|process|checklist|onboarding|handover)\b|->|→|=>/g,
  failing: /\b(?:retr\w+|try again|tried again|fails?|failed|resum\w+|restart\w*|carry on|goes? on|repeat\w*|stopped|state|waits?|waiting|blocked)\b/g,
  remote: /\b(?:apis?|rest|endpoints?|graphql|web ?service|http|https|urls?|interface|get \/\w+|fetch|calls?)\b/g,
  access: /\b(?:oauth\w*|tokens?|pkce|client credentials|refresh|api key|key|login|log in|authenticat\w+|basic auth)\b/g,
  hooks: /\b(?:webhooks?|hooks?|callbacks?|signed|signature|hmac|payload|posts? to)\b/g,
  alike: /\b(?:sync\w*|both ways|both directions|in step|either side|mirror\w*|one[- ]way|two[- ]way|up to date|drift)\b/g,
  files: /\b(?:csv|tsv|json|jsonl|xml|sqlite\w*|files?|folders?|lists?|sheets?|spreadsheets?|excel|xlsx|pdfs?|documents?|database|db|tables?|dump|export|log|logs)\b/g,
  rows: /\b(?:rows?|columns?|records?|fields?|entries|lines?|duplicat\w+|twice|missing|empty|totals?|sums?|average|mean|median|per (?:day|week|month|\w+)|count|join|merge|group\w*|clean\w*|check|validate|valid|search|find|words|sentences|statistics)\b/g,
  calculation: /\b(?:convert|calculat\w+|hash|checksums?|sha\w*|md5|fingerprint|weekday|timezone|utc|days|date|dates|datevalue|epoch|unit|units|currency|random|password|bmi|percent)\b/g,
  media: /\b(?:images?|photos?|pictures?|audio|video|podcasts?|music|songs?|logo|qr|barcode|resize|crop|transcri\w+|translat\w+|subtitles?|poem|write a|generate|draw|poster|px)\b/g,
  things: /\b(?:lamps?|lights?|door|pumps?|valve|sensors?|thermometer|modbus|heating|printer|robot|drone|game|dice|chess|cards?|quiz|route|map|gps|encrypt\w*|zip|switch)\b/g,
  scans: /\b(?:scan\w*|ocr|pdfs?|jpg|photograph\w*|handwrit\w*)\b/g,
  web: /\b(?:web ?sites?|web ?pages?|browser|scrap\w+|crawl\w*|portal)\b/g,
};

/**
 * Signs of the kind of work: word groups, the tools with the chance that each is wanted, what lies beyond, and what the
 * rules took it for.
 */
export function typeSigns(
  index: MatchIndex,
  parts: readonly Clued[],
  chances: ReadonlyMap<number, number>,
  scores: ReadonlyMap<string, number>,
): Record<string, number> {
  const signs: Record<string, number> = { constant: 1 };
  const text = parts.map(({ found }) => found.read.tokens.text).join('\n');
  let length = 0;
  for (const { found } of parts) length += found.read.tokens.words.length;
  signs['length'] = Math.log2(1 + length) / 5;
  for (const [name, pattern] of Object.entries(groups)) {
    const count = text.match(pattern)?.length ?? 0;
    if (count > 0) signs[name] = Math.log2(1 + Math.min(count, 7));
  }
  for (const [type, score] of scores) signs[`words of ${type}`] = Math.log2(1 + score);
  const [first] = [...scores].sort((a, b) => b[1] - a[1]);
  if (first !== undefined && first[1] > 0) signs[`most ${first[0]}`] = 1;
  let tools = 0;
  let data = 0;
  for (const [target, chance] of chances) {
    if (chance < 0.2) continue;
    tools += chance;
    if (index.targets[target]?.taskType === 'data_processing') data += chance;
    signs[`tool ${index.targets[target]?.tool?.name ?? ''}`] = chance;
  }
  signs['tools'] = Math.log2(1 + tools);
  signs['data tools'] = Math.log2(1 + data);
  for (const { target } of parts.flatMap(({ beyond }) => beyond)) signs[`beyond ${index.targets[target]?.beyond ?? ''}`] = 1;
  if (parts.some(({ found }) => findSystem(index, found.read) !== undefined)) signs['system named'] = 1;
  return signs;
}
