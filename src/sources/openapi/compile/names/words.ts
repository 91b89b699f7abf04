/** Words that mix cases and are one: they would fall apart where a capital follows a small letter. */
const whole = [
  'OAuth',
  'OpenAPI',
  'OpenID',
  'GraphQL',
  'GitHub',
  'GitLab',
  'YouTube',
  'LinkedIn',
  'PayPal',
  'WhatsApp',
  'JavaScript',
  'TypeScript',
  'MySQL',
  'PostgreSQL',
  'NoSQL',
  'MongoDB',
  'DynamoDB',
  'IPv4',
  'IPv6',
  'WiFi',
  'iOS',
  'macOS',
  'eBay',
  'iCloud',
  'iPhone',
  'iPad',
  'iFrame',
  'DevOps',
  'SaaS',
  'PaaS',
  'IaaS',
  'CSVs',
  'PDFs',
];

const wholeWord = new RegExp(`(?:${whole.join('|')})(?![a-z])`, 'g');

/**
 * Words of an operationId or a path's segment, in lower-case ASCII. Acronyms stay whole, and so do plurals of them:
 * `listOAuth2Tokens` → list, oauth2, tokens; `getUserIDs` → get, user, ids; `HTTPServer` → http, server.
 */
export function nameWords(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(wholeWord, (word) => ` ${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`)
    .replace(
      /([A-Z]{2,})s(?![a-z])/g,
      (_all, capitals: string) => ` ${capitals.charAt(0)}${capitals.slice(1).toLowerCase()}s `,
    )
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replace(/([a-z])(\d[A-Z]+)(?![a-z])/g, '$1 $2')
    .replace(/([A-Z]\d+)([A-Z]{2,})/g, '$1 $2')
    .replace(/(\d)([A-Z][a-z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .replace(/'(?=[a-z]\b)/g, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** The plain singular of an English plural; other words as they are. */
export function singular(word: string): string {
  if (/(?:ss|us|is)$|^(?:news|series|species|sms|dns|aws|os|ios|macos|gas|as|https)$/.test(word) || word.length < 4)
    return word;
  if (word.endsWith('ies')) return word.length > 4 ? `${word.slice(0, -3)}y` : word.slice(0, -1);
  if (/(?:xes|ches|shes|sses|zzes|uses)$/.test(word))
    return /(?:caches|houses|causes|clauses|releases|licenses|databases|axes)$/.test(word)
      ? word.slice(0, -1)
      : word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

export const isPlural = (word: string): boolean =>
  singular(word) !== word || /^(?:people|children|media|data|news|series|metadata)$/.test(word);
