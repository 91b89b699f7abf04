import { defineCheck, type Finding, type Json, type ServerTool } from '../../../spec/index.ts';
import { hasEncodedBlock, hiddenCharacter, instructionsToModel } from '../../../util/index.ts';

export const poisoning = defineCheck({
  name: 'poisoning',
  level: 'security',
  summary: 'Nothing that a model reads gives it orders or hides text from people.',
  applies: () => true,
  async run(context) {
    const tools = (await context.tools()).flatMap(poisonedTool);
    const beside = (await context.words()).flatMap(({ where, text }) => poisoned(text, where));
    return { findings: [...tools, ...beside] };
  },
});

/** Findings in every text of a listed tool: title, description, schemas to their leaves, annotations. */
export function poisonedTool(tool: ServerTool): Finding[] {
  const found = texts(tool as unknown as Json, '').flatMap(([where, text]) =>
    poisoned(text, where.includes('.') ? `the text at ${where}` : `the ${where}`, tool.name),
  );
  return found.slice(0, 10);
}

function poisoned(text: string, where: string, tool?: string): Finding[] {
  const reasons = instructionsToModel(text).map((reason) => `${where} ${reason}.`);
  const character = hiddenCharacter(text);
  if (character) reasons.push(`${where} holds the hidden character ${character}.`);
  if (hasEncodedBlock(text)) reasons.push(`${where} holds a long encoded block that nobody can read.`);
  return reasons.map((message): Finding => ({
    type: 'poisoned_description',
    severity: 'high',
    ...(tool !== undefined && { tool }),
    message: message.charAt(0).toUpperCase() + message.slice(1),
    suggestion: 'Describe what the tool is; do not connect a server that writes this to an agent.',
  }));
}

/** Every text below a value with where it stands; keys count too, since models read them. Depth and number are bounded. */
function texts(value: Json, where: string, depth = 0): [string, string][] {
  if (depth > 20) return [];
  if (typeof value === 'string') return [[where || 'text', value]];
  if (value === null || typeof value !== 'object') return [];
  const children = Object.entries(value).flatMap(([key, child]) => {
    const at = where ? `${where}.${key.slice(0, 40)}` : key.slice(0, 40);
    const name: [string, string][] =
      key.length > 40 || hiddenCharacter(key) ? [[`name below ${where || 'the tool'}`, key]] : [];
    return [...name, ...texts(child, at, depth + 1)];
  });
  return children.slice(0, 5000);
}
