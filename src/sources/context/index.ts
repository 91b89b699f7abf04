import { z } from 'zod';
import type { Problem } from '../../errors.ts';
import { defineSource, invalidInput, nearest, parseInput, taskTypes } from '../../spec/index.ts';
import type { Reading, Request, SourceOptions } from '../../spec/index.ts';
import { sha256 } from '../../util/index.ts';
import { isProblem, readComplexity, readLanguage, readServerName } from '../names.ts';

const lines = z.array(z.string().trim().min(1).max(4000)).max(200);

const context = z.strictObject({
  taskId: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'letters, digits, `_`, `-` and `.` only')
    .max(100)
    .optional(),
  taskType: z.string().optional(),
  requirements: lines.min(1),
  constraints: lines.default([]),
  expectedOutputs: lines.default([]),
  complexity: z.string().optional(),
  dependencies: z.array(z.string().max(200)).max(100).default([]),
  timeline: z.union([z.string().max(500), z.record(z.string(), z.json())]).optional(),
  metadata: z.record(z.string(), z.json()).default({}),
});

type Context = z.infer<typeof context>;

/** The orchestration context: a task's requirements, constraints and expected outputs, as JSON. */
export const contextSource = defineSource({
  kind: 'context',
  summary: 'JSON with taskId, requirements, constraints and expectedOutputs',
  recognizes: (_text, value) =>
    isRecord(value) &&
    ['taskId', 'taskType', 'requirements', 'expectedOutputs'].some((key) => Object.hasOwn(value, key)),
  read: readContext,
});

function readContext(text: string, value: unknown, options: SourceOptions): Reading {
  const given = parseInput(context, value, 'context');
  const problems: Problem[] = [];
  const keep = <Value>(read: Value | Problem): Value | undefined => (isProblem(read) ? void problems.push(read) : read);
  const taskType = given.taskType === undefined ? undefined : keep(readTaskType(given.taskType));
  const word = options.complexity ?? given.complexity;
  const complexity = word === undefined ? undefined : keep(readComplexity(word, 'complexity'));
  const name = options.name === undefined ? undefined : keep(readServerName(options.name, 'name'));
  const language = keep(readLanguage(options.language, 'language')) ?? 'typescript';
  if (problems.length > 0) throw invalidInput('context', problems);
  const declared: Request['declared'] = { ...(taskType && { taskType }), ...(complexity && { complexity }) };
  if (given.timeline !== undefined)
    declared.timeline = typeof given.timeline === 'string' ? given.timeline : JSON.stringify(given.timeline);
  return {
    secrets: {},
    request: {
      ...requestOf(given, options),
      digest: sha256(text),
      language,
      declared,
      ...(name && { name: name.name }),
    },
  };
}

function requestOf(given: Context, options: SourceOptions): Omit<Request, 'digest' | 'language' | 'declared'> {
  const waiting = `dependencies (${given.dependencies.join(', ')}) are read as what this task waits for; packages come with the recipes.`;
  return {
    kind: 'context',
    ...(given.taskId === undefined ? {} : { taskId: given.taskId }),
    intent:
      textOf(given.metadata['description']) ??
      textOf(given.metadata['title']) ??
      given.requirements.join('. ').slice(0, 2000),
    requirements: given.requirements,
    constraints: given.constraints,
    expectedOutputs: given.expectedOutputs,
    capabilities: [...(options.capabilities ?? [])],
    tools: [],
    dependencies: [],
    environment: [],
    grants: { folders: [...(options.folders ?? [])], hosts: [...(options.hosts ?? [])] },
    metadata: { ...given.metadata, ...(given.dependencies.length > 0 ? { dependencies: given.dependencies } : {}) },
    notes: given.dependencies.length > 0 ? [waiting] : [],
  };
}

function readTaskType(given: string): (typeof taskTypes)[number] | Problem {
  const word = given
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const known = taskTypes.find((type) => type === word);
  if (known !== undefined) return known;
  const near = nearest(word, taskTypes);
  return {
    field: 'taskType',
    value: given.slice(0, 80),
    message: 'unknown task type',
    remedy: `${near === undefined ? '' : `Did you mean \`${near}\`? `}Types: ${taskTypes.join(', ')}.`,
  };
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.slice(0, 2000) : undefined;
const isRecord = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
