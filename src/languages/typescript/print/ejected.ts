import { operationOf, type Tool } from '../../../spec/index.ts';

/** Whether a tool is code that was an operation. */
export const isEjected = ({ implementation }: Tool): boolean =>
  implementation.kind === 'code' && implementation.operation !== undefined;

/** Whether an operation sends or gives files. */
export function handlesFiles(tool: Tool): boolean {
  const operation = operationOf(tool);
  if (operation === undefined) return false;
  const { body, accept } = operation;
  const media = body === undefined ? [] : [body, ...(body.choice?.alternatives ?? [])];
  const parts = media.flatMap(({ positions }) => (positions === undefined ? [] : [...positions.prefix, positions.items]));
  const nested = parts.flatMap(({ parts: own }) => (own === undefined ? [] : [...own.prefix, own.items]));
  const fields = media.flatMap(({ encoding }) => Object.values(encoding));
  const sends =
    media.some(({ as }) => as === 'binary') || [...fields, ...parts, ...nested].some(({ binary }) => binary === true);
  return sends || accept.some((type) => !/json|xml|^text\/|form-urlencoded/i.test(type));
}
