import { CrafterError } from '../errors.ts';
import { nearest, sourceKinds } from '../spec/index.ts';
import type { SourceKind } from '../spec/index.ts';

export function knownKind(word: string): SourceKind {
  const kind = sourceKinds.find((candidate) => candidate === word);
  if (kind !== undefined) return kind;
  const near = nearest(word, sourceKinds);
  const remedy = `${near === undefined ? '' : `Did you mean \`${near}\`? `}Kinds: ${sourceKinds.join(', ')}.`;
  throw new CrafterError('UNKNOWN_KIND', `\`${word.slice(0, 80)}\` is no kind of input.`, {
    hint: remedy,
    problems: [{ field: 'kind', value: word.slice(0, 80), message: 'unknown kind', remedy }],
  });
}

export function unknownKind(value: unknown): CrafterError {
  const keys = value !== null && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  if (keys.includes('plan') && (keys.includes('analysis') || keys.includes('request'))) {
    return new CrafterError('UNKNOWN_KIND', 'This is a plan, not a request.', {
      hint: 'Run it with `mcp-crafter execute FILE`.',
    });
  }
  if (keys.includes('workflow_name') || keys.includes('orchestration')) {
    return new CrafterError(
      'NOT_SUPPORTED',
      'Workflows of several servers (workflow_name, servers) are not part of this version.',
      { hint: 'Make each server of it from a form or a context of its own.' },
    );
  }
  const marks = ['server_name', 'custom_tools', 'taskId', 'requirements', 'expectedOutputs', 'openapi'];
  const meant = keys.flatMap((key) => nearest(key, marks) ?? []).at(0);
  const found = keys.length === 0 ? 'an array or a bare value' : `the fields ${keys.slice(0, 8).join(', ')}`;
  return new CrafterError('UNKNOWN_KIND', `The JSON is of no known kind: it has ${found}.`, {
    hint: `${meant === undefined ? '' : `Did you mean \`${meant}\`? `}A form has server_name and custom_tools, a context has requirements; --kind says it outright.`,
    problems: keys.slice(0, 8).map((key) => ({
      field: key,
      message: 'belongs to no known kind',
      remedy: 'See `mcp-crafter create --help` for the kinds.',
    })),
  });
}
