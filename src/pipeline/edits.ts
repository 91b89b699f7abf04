import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Crafter } from '../crafter.ts';
import { CrafterError } from '../errors.ts';
import type { Blueprint, EditedCode, Tool } from '../spec/index.ts';
import type { ServerRecord } from '../storage/index.ts';
import { changedByHand } from './changes.ts';

export interface Edits {
  readonly blueprint: Blueprint;
  /** Absolute paths of the other files that a person changed: the server does not run them. */
  readonly kept: readonly string[];
  readonly notes: readonly string[];
}

/**
 * The Blueprint with the code of its tools as a person changed it in the project's folders.
 * @throws CrafterError INVALID_INPUT for a file that cannot be read as a tool's, CONFLICT where two folders differ.
 */
export async function withEdits(crafter: Crafter, record: ServerRecord): Promise<Edits> {
  const { blueprint, name, out } = record;
  const changed = await changedByHand(crafter, record);
  if (changed.length === 0) return { blueprint, kept: [], notes: [] };
  const language = await (await crafter.workshop()).language(blueprint.language);
  const folders = [crafter.folders(name).project, ...(out === undefined ? [] : [out])];
  const files: string[] = [];
  const notes: string[] = [];
  const tools: Tool[] = [];
  for (const tool of blueprint.tools) {
    const path = language.pathOf(tool);
    const own =
      path === undefined ? [] : folders.map((folder) => join(folder, path)).filter((at) => changed.includes(at));
    const read = await Promise.all(own.map(async (file) => language.readEdited(tool, await readFile(file, 'utf8'))));
    const [edit] = read;
    if (edit !== undefined && read.some(({ code }) => code !== edit.code)) throw apart(own);
    tools.push(edit === undefined ? tool : withCode(tool, edit));
    files.push(...own);
    if (edit !== undefined) notes.push(...notesOf(tool, edit, own[0]!));
  }
  return { blueprint: { ...blueprint, tools }, kept: changed.filter((file) => !files.includes(file)), notes };
}

function withCode(tool: Tool, { code }: EditedCode): Tool {
  const { implementation } = tool;
  if (implementation.kind !== 'code' || implementation.code === code) return tool;
  const { operation } = implementation;
  return { ...tool, implementation: { ...implementation, code, ...(operation && { edited: true as const }) } };
}

function notesOf(tool: Tool, { code, left }: EditedCode, file: string): string[] {
  const { implementation } = tool;
  const isNew = implementation.kind === 'code' && implementation.code !== code;
  return [
    ...(isNew ? [`${tool.name} is built from ${file} as you changed it.`] : []),
    ...(left.length > 0
      ? [`Of ${file} only imports and the code of run are taken over, not your change of ${left.join(', ')}.`]
      : []),
  ];
}

function apart(files: readonly string[]): CrafterError {
  return new CrafterError('CONFLICT', `${files.join(' and ')} were changed in different ways.`, {
    hint: 'Make them the same, or remove one of them, and update again.',
  });
}
