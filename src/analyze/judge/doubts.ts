import type { Request } from '../../spec/index.ts';
import type { JudgedType } from '../weigh/weigh-type.ts';
import type { JudgedEffort } from './effort.ts';

export interface SaidType extends JudgedType {
  /** Words of the request that spoke for it. */
  readonly words: readonly string[];
}

export function doubtsOf(request: Request, type: SaidType, effort: JudgedEffort): string[] {
  const doubts: string[] = [];
  const { taskType, complexity } = request.declared;
  // The kind of an API's document says what it is: nobody declared it against their own words.
  if (request.kind !== 'openapi' && taskType !== undefined && taskType !== type.taskType && type.words.length > 0) {
    doubts.push(
      `Declared as ${taskType}; its words (${type.words.slice(0, 3).join(', ')}) sound like ${type.taskType}. The declaration is kept.`,
    );
  }
  if (complexity !== undefined && complexity !== effort.complexity) {
    doubts.push(
      `Declared as ${complexity}; by its parts it looks ${effort.complexity} (${effort.because}). The declaration is kept.`,
    );
  }
  return doubts;
}

export function reasonOfType(request: Request, type: SaidType): string {
  const said =
    type.words.length === 0 ? 'nothing in the words speaks for another' : `its words: ${type.words.join(', ')}`;
  return request.declared.taskType === undefined ? said : `declared; ${said}`;
}

export const reasonOfEffort = (request: Request, { because }: JudgedEffort): string =>
  request.declared.complexity === undefined ? because : `declared; measured by its parts: ${because}`;
