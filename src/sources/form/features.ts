import { nearest } from '../../spec/index.ts';
import type { Problem } from '../../errors.ts';

import type { Form } from './schema.ts';

/** What a form's capability words give in this version; `undefined`: nothing more to say. */
const capabilityNotes: Readonly<Record<string, string | undefined>> = {
  tools: undefined,
  resources: undefined,
  prompts: undefined,
  logging: undefined,
  monitoring:
    'monitoring: the server logs each call as a JSON line and the service watches its health; a metrics endpoint is not part of this version.',
  authentication: 'authentication: HTTP asks for a bearer token; users and JWT are not part of this version.',
  rate_limiting:
    'rate_limiting: outgoing calls keep a rate given in `constraints` ("1000/hour"); limits on incoming calls are not part of this version.',
  persistence: 'persistence: the server keeps files in its workspace; a database module is not part of this version.',
  caching: 'caching: not part of this version; nothing is cached.',
  webhooks: 'webhooks: no module is added by the word alone; ask in the description to send or verify webhooks.',
  streaming: 'streaming: long tools report progress; a WebSocket stream is not part of this version.',
};

const deploymentNotes: Readonly<Record<string, string>> = {
  docker: 'deployment_config.docker: no image is made in this version; the server runs sandboxed under the service.',
  compose: 'deployment_config.compose: no compose file is written in this version.',
  kubernetes: 'deployment_config.kubernetes: no manifests are written in this version.',
};

export interface ReadFeatures {
  readonly capabilities: string[];
  readonly problems: Problem[];
  readonly notes: string[];
}

/** Capabilities and deployment wishes: what is unknown is a problem, what is known and not done is named. */
export function readFeatures(given: readonly string[], deployment: Form['deployment_config']): ReadFeatures {
  const known = Object.keys(capabilityNotes);
  const capabilities = [...new Set(given.map((word) => word.trim().toLowerCase().replaceAll('-', '_')))];
  const problems: Problem[] = [];
  const notes: string[] = [];
  capabilities.forEach((word) => {
    const note = Object.hasOwn(capabilityNotes, word) ? capabilityNotes[word] : undefined;
    if (note !== undefined) notes.push(note);
    if (known.includes(word)) return;
    const near = nearest(word, known);
    problems.push({
      field: 'capabilities',
      value: word.slice(0, 80),
      message: 'unknown capability',
      remedy: `${near === undefined ? '' : `Did you mean \`${near}\`? `}Known: ${known.join(', ')}.`,
    });
  });
  for (const [name, note] of Object.entries(deploymentNotes)) {
    if (deployment[name as 'docker'] === true) notes.push(note);
  }
  if (deployment.target !== undefined && deployment.target !== 'process') {
    problems.push({
      field: 'deployment_config.target',
      value: deployment.target.slice(0, 80),
      message: 'not a target of this version',
      remedy: 'Use `process`.',
    });
  }
  return { capabilities, problems, notes };
}
